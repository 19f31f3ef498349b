using System.Globalization;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;

namespace Jpki.Audit.Notes;

/// <summary>
/// チェックポイント: what the tree of a municipality is at one moment (C2SP tlog-checkpoint). Its text is what is signed: origin, size, root, and
/// two lines of our own.
/// </summary>
/// <param name="Origin">Which tree; also the name of the key that signs it.</param>
/// <param name="Size">Number of leaves, 0 or more.</param>
/// <param name="Root">Of the tree of that size.</param>
/// <param name="Sequence">The ledger's sequence of the last leaf, 0 without leaves. Later events of this tree have greater ones.</param>
/// <param name="At">When it was made, to the microsecond.</param>
public sealed record Checkpoint(string Origin, long Size, TreeHash Root, long Sequence, DateTimeOffset At)
{
    private const string SequenceLine = "sequence ";
    private const string AtLine = "at ";

    /// <summary>The text to be signed.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n{SequenceLine}{Sequence}\n{AtLine}{LeafRecord.Instant(At)}\n");

    /// <summary>Reads a note's text.</summary>
    /// <returns>False when it is no checkpoint of this form.</returns>
    public static bool TryParse(string text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        if (text.Split('\n') is not [var origin, var size, var root, var sequence, var at, ""]
            || !NoteKey.IsName(origin)
            || !Number(size, out var leaves)
            || !TreeHash.TryFromBase64(root, out var hash)
            || !sequence.StartsWith(SequenceLine, StringComparison.Ordinal) || !Number(sequence[SequenceLine.Length..], out var last)
            || !at.StartsWith(AtLine, StringComparison.Ordinal) || !Instant(at[AtLine.Length..], out var instant))
            return false;

        checkpoint = new(origin, leaves, hash, last, instant);
        return true;
    }

    /// <summary>Decimal, without sign and leading zeros, so that a number has one form.</summary>
    private static bool Number(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text is "0" || text[0] != '0');

    private static bool Instant(string text, out DateTimeOffset instant) => DateTimeOffset.TryParseExact(
        text, LeafRecord.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
