using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;

namespace Jpki.Audit.Verification;

/// <summary>Whether leaves and checkpoints make one tree: in memory that grows with the logarithm of the number of leaves.</summary>
internal sealed class TreeJudge
{
    private readonly VerificationOptions _options;
    private readonly FindingList _findings;
    private readonly TreeFrontier _tree = new();
    private readonly Queue<Checkpoint> _known;
    private readonly long[] _cosigned;
    private (long Size, DateTimeOffset At)? _agreed;
    private DateTimeOffset? _waitingSince;
    private long _next;
    private bool _differs;
    private long _alsoDiffer;

    public TreeJudge(VerificationOptions options, ISignatureJudge judge, FindingList findings)
    {
        (_options, _findings, _cosigned) = (options, findings, new long[options.Witnesses.Count]);
        _known = new(Known(judge).OrderBy(each => each.Size));
    }

    public long Size => _tree.Size;

    public string Root => _tree.Root.ToBase64();

    public long Checkpoints { get; private set; }

    public (long Size, DateTimeOffset At)? Agreed => _agreed;

    /// <param name="leaf">What the event adds up to.</param>
    public void Event(ExportedEvent line, TreeHash leaf)
    {
        if (line.Leaf is { } kept && kept != leaf)
            _findings.Add(Findings.LeafDiffers(line));
        _waitingSince ??= line.RecordedAt;
        // The leaf that is kept goes into the tree: it is the event's own, or the event has been named already and the rest can still agree.
        Leaf(line, line.Index, line.Leaf ?? leaf);
    }

    public void Missing(MissingEvent line)
    {
        _findings.Add(Findings.EventMissing(line.Index, line.Sequence));
        Leaf(line, line.Index, line.Leaf);
    }

    /// <param name="note">None where it can't be read.</param>
    /// <param name="lineNumber">Of the export.</param>
    /// <param name="sequence">Of the last event before.</param>
    public void Checkpoint(OpenedNote? note, long lineNumber, long sequence)
    {
        if (note is null)
        {
            _findings.Add(Findings.CheckpointUnreadable(lineNumber));
            return;
        }

        var checkpoint = note.Checkpoint;
        while (_known.TryPeek(out var known) && known.Size <= checkpoint.Size && known.Size <= _tree.Size)
            Compare(_known.Dequeue(), checkpoint);
        if (Judge(note) is { } fault)
        {
            _findings.Add(fault);
            return;
        }

        for (var each = 0; each < _cosigned.Length; each++)
            Cosigned(each, note);
        if (checkpoint.Root != _tree.Root)
        {
            Differs(checkpoint.Size);
            return;
        }

        if (checkpoint.Sequence != sequence)
            _findings.Add(Findings.CheckpointSequenceDiffers(checkpoint.Size, checkpoint.Sequence, sequence));
        if (_agreed is { } before && checkpoint.At < before.At)
            _findings.Add(Findings.CheckpointOutOfOrder(checkpoint.Size));
        if (_options.LongestWait is { } longest && _waitingSince is { } since && checkpoint.At - since > longest)
            _findings.Add(Findings.CheckpointLate(checkpoint.Size, checkpoint.At - since));
        (_agreed, _waitingSince, Checkpoints) = ((checkpoint.Size, checkpoint.At), null, Checkpoints + 1);
    }

    /// <param name="exportedAt">None where the header does not say.</param>
    public void End(DateTimeOffset? exportedAt)
    {
        if (_alsoDiffer > 0)
            _findings.Add(Findings.AlsoDiffer(_alsoDiffer));
        foreach (var known in _known)
            _findings.Add(known.Size > _tree.Size ? Findings.KnownCheckpointNotReached(known.Size, _tree.Size) : Findings.KnownCheckpointMissing(known.Size));
        if (_agreed is not { } last)
        {
            if (_tree.Size > 0 && !_differs)
                _findings.Add(Findings.NoCheckpoint());
            return;
        }

        if (last.Size < _tree.Size && !_differs)
            _findings.Add(NotProven(last, exportedAt));
        for (var each = 0; each < _cosigned.Length; each++)
        {
            if (_cosigned[each] == 0)
                _findings.Add(Findings.NeverCosigned(_options.Witnesses[each].Name));
            else if (_cosigned[each] < _tree.Size)
                _findings.Add(Findings.NotYetCosigned(_options.Witnesses[each].Name, _cosigned[each], _tree.Size - _cosigned[each]));
        }
    }

    private Finding NotProven((long Size, DateTimeOffset At) last, DateTimeOffset? exportedAt) =>
        _options.LongestWait is { } longest && _waitingSince is { } since && exportedAt - since is { } wait && wait > longest
            ? Findings.CheckpointStale(last.Size, wait)
            : Findings.NotYetProven(last.Size, _tree.Size - last.Size);

    private void Leaf(ExportLine line, long index, TreeHash leaf)
    {
        // Once out of step, every later index would be: each gap is named once.
        if (index != _next)
            _findings.Add(Findings.IndexGap(line, _next, index));
        _next = index + 1;
        _tree.Add(leaf);
    }

    private Finding? Judge(OpenedNote note) =>
        note.Checkpoint.Origin != _options.Key.Name ? Findings.CheckpointOfAnother(note.Checkpoint.Size)
        : !note.IsSigned ? Findings.CheckpointNotSigned(note.Checkpoint.Size)
        : note.Checkpoint.Size != _tree.Size ? Findings.CheckpointMisplaced(note.Checkpoint.Size, _tree.Size)
        : null;

    private void Cosigned(int witness, OpenedNote note)
    {
        if (note.Cosigned[witness] is false)
            _findings.Add(Findings.CosignatureBad(note.Checkpoint.Size, _options.Witnesses[witness].Name));
        else if (note.Cosigned[witness] is true)
            _cosigned[witness] = note.Checkpoint.Size;
    }

    /// <summary>All after the first follow from it, and are counted only.</summary>
    private void Differs(long size)
    {
        if (_differs)
            _alsoDiffer++;
        else
            _findings.Add(Findings.RootDiffers(_agreed?.Size ?? 0, size));
        _differs = true;
    }

    private void Compare(Checkpoint known, Checkpoint exported)
    {
        if (known.Size != exported.Size)
            _findings.Add(Findings.KnownCheckpointMissing(known.Size));
        else if (known.Root != exported.Root)
            _findings.Add(Findings.TwoRoots(known.Size));
    }

    private IEnumerable<Checkpoint> Known(ISignatureJudge judge)
    {
        foreach (var each in _options.Known)
        {
            if (OpenedNote.Of(each, _options, judge) is not { } note)
                _findings.Add(Findings.CheckpointUnreadable(0));
            else if (note.Checkpoint.Origin != _options.Key.Name)
                _findings.Add(Findings.CheckpointOfAnother(note.Checkpoint.Size));
            else if (!note.IsSigned)
                _findings.Add(Findings.CheckpointNotSigned(note.Checkpoint.Size));
            else
                yield return note.Checkpoint;
        }
    }
}
