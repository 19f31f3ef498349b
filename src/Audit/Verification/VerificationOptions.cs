using Jpki.Audit.Notes;

namespace Jpki.Audit.Verification;

/// <summary>What a verification rests on: keys, and what the verifier knows from elsewhere.</summary>
/// <param name="Key">Of the municipality's tree. Its name is the tree's origin.</param>
public sealed record VerificationOptions(NoteKey Key)
{
    /// <summary>Witnesses that must have cosigned.</summary>
    public IReadOnlyList<NoteKey> Witnesses { get; init; } = [];

    /// <summary>Checkpoints kept or fetched elsewhere: the record must agree with each. Verified before they are used.</summary>
    public IReadOnlyList<SignedNote> Known { get; init; } = [];

    /// <summary>Whether the register is replayed and compared; it takes memory for each resident.</summary>
    public bool WithRegister { get; init; } = true;

    /// <summary>How long events may wait for a checkpoint, counted to when the export was made; none: as long as they like.</summary>
    public TimeSpan? LongestWait { get; init; }

    /// <summary>How many findings are kept; the rest are counted.</summary>
    public int MostFindings { get; init; } = 1_000;
}

/// <summary>検証結果</summary>
/// <param name="Origin">Of the export's header; empty where there is none.</param>
/// <param name="Events">Leaves read.</param>
/// <param name="Streams">Streams met.</param>
/// <param name="Masked">Events whose body was masked; their leaves still stand.</param>
/// <param name="Checkpoints">Checkpoints that agreed.</param>
/// <param name="ProvenSize">Size of the last checkpoint that agreed; 0 for none.</param>
/// <param name="ProvenAt">When that was made.</param>
/// <param name="Root">Base64, of the tree of all leaves read.</param>
/// <param name="Certificates">Rows of the register that were compared and equal.</param>
/// <param name="Findings">In the order found.</param>
/// <param name="Omitted">Findings that were only counted.</param>
public sealed record VerificationReport(
    string Origin,
    long Events,
    long Streams,
    long Masked,
    long Checkpoints,
    long ProvenSize,
    DateTimeOffset? ProvenAt,
    string Root,
    long Certificates,
    IReadOnlyList<Finding> Findings,
    long Omitted)
{
    /// <summary>The record proves itself: no fault; remarks don't count.</summary>
    public bool IsGood => Omitted == 0 && Findings.All(each => !each.IsFault);
}
