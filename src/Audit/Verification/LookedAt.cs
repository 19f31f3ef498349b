using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;
using Jpki.Audit.Replay;
using Jpki.Domain;

namespace Jpki.Audit.Verification;

/// <summary>A line with all that can be found out about it alone; lines are looked at beside each other and judged one after the other.</summary>
/// <param name="Leaf">Of an event: what it adds up to. Of a missing one: what is kept.</param>
/// <param name="Note">Of a checkpoint: none where it can't be read.</param>
/// <param name="Event">Of a resident's event that is to be replayed; none for other streams.</param>
internal readonly record struct LookedAt(ExportLine Line, TreeHash Leaf = default, OpenedNote? Note = null, Recorded? Event = null);

/// <summary>A checkpoint's note that was read and whose signatures were judged.</summary>
/// <param name="IsSigned">By the tree's key.</param>
/// <param name="Cosigned">Of each witness: whether it cosigned; none where it did not try.</param>
internal sealed record OpenedNote(Checkpoint Checkpoint, bool IsSigned, IReadOnlyList<bool?> Cosigned)
{
    public static OpenedNote? Of(string text, VerificationOptions options, ISignatureJudge judge) =>
        SignedNote.TryParse(text, out var note) ? Of(note, options, judge) : null;

    public static OpenedNote? Of(SignedNote note, VerificationOptions options, ISignatureJudge judge) =>
        Checkpoint.TryParse(note.Text, out var checkpoint)
            ? new(checkpoint, note.IsSignedBy(options.Key, judge), [.. options.Witnesses.Select(each => By(note, each, judge))])
            : null;

    private static bool? By(SignedNote note, NoteKey witness, ISignatureJudge judge) =>
        note.Signatures.Any(each => each.IsBy(witness)) ? Cosignature.SignedAt(note, witness, judge) is not null : null;
}

/// <summary>Looks at lines. Safe for concurrent use.</summary>
internal sealed class LineGlass(VerificationOptions options, ISignatureJudge judge)
{
    public LookedAt[] LookAt(ExportBlock block) => [.. block.Lines().Select(LookAt)];

    private LookedAt LookAt(ExportLine line) => line switch
    {
        ExportedEvent x => new(line, x.ToLeafRecord().ToLeaf(), Event: options.WithRegister ? RecordedReader.Read(x) : null),
        MissingEvent x => new(line, x.Leaf),
        ExportedCheckpoint x => new(line, Note: OpenedNote.Of(x.Note, options, judge)),
        _ => new(line),
    };
}
