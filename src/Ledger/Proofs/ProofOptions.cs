namespace Jpki.Ledger.Proofs;

/// <summary>監査証明の設定</summary>
public sealed class ProofOptions
{
    /// <summary>How often it is looked for new events; more than zero.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long after a checkpoint the next is signed, when there are new events.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long events may wait for their leaves without any progress before nothing new is taken.</summary>
    public TimeSpan RefuseAfter { get; set; } = TimeSpan.FromMinutes(1);
}
