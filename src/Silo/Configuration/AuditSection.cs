namespace Jpki.Silo.Configuration;

/// <summary>監査: the record's proofs, and who may witness them.</summary>
public sealed class AuditSection
{
    /// <summary>
    /// First part of the name under which checkpoints are signed, a domain of the operator's without scheme, e.g. <c>audit.city.example</c>; a slash
    /// and the municipality's code follow. It stays for as long as the record does.
    /// </summary>
    public string Origin { get; init; } = "jpki-orleans.invalid";

    /// <summary>Folder of the keys that sign checkpoints, one file a municipality; absent: <c>audit-keys</c> in the data folder. All silos share it.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>How long after a checkpoint the next is signed when there are new events, 1 s to 1 minute.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long events may be without their leaves, and without progress, before commands are refused, 10 s or more.</summary>
    public TimeSpan RefuseAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Public keys of witnesses (<c>name+hash+key</c>) whose cosignatures are taken.</summary>
    public IReadOnlyList<string> Witnesses { get; init; } = [];
}
