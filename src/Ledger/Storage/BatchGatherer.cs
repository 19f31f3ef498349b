using System.Threading.Channels;
using Jpki.Domain.Identifiers;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Makes batches of what waits for one writer. There is no timer: a batch is what queued while the last one was committing, so a lone
/// append goes at once. No batch holds two appends of one resident; the later ones are held back for the next batch, before anything newer.
/// </summary>
internal sealed class BatchGatherer(ChannelReader<PendingAppend> queue, GroupCommitOptions options, TimeProvider clock)
{
    private readonly List<PendingAppend> _batch = [];
    private readonly HashSet<ResidentId> _residents = [];
    private List<PendingAppend> _heldBack = [];

    /// <summary>The next batch; none when the queue is closed and empty.</summary>
    public async ValueTask<IReadOnlyList<PendingAppend>?> NextAsync()
    {
        while (_heldBack.Count > 0 || await queue.WaitToReadAsync())
        {
            if (Gather())
                return [.. _batch];
        }

        return null;
    }

    private bool Gather()
    {
        _batch.Clear();
        _residents.Clear();
        var earlier = _heldBack;
        _heldBack = [];
        foreach (var each in earlier)
            Place(each);
        while (_batch.Count < options.MaxBatch && _heldBack.Count < options.MaxBatch && queue.TryRead(out var next))
            Place(next);
        return _batch.Count > 0;
    }

    private void Place(PendingAppend next)
    {
        if (_batch.Count == options.MaxBatch || _residents.Contains(next.Resident))
            _heldBack.Add(next);
        else if (next.TryTake())
            Admit(next);
    }

    private void Admit(PendingAppend taken)
    {
        if (clock.GetElapsedTime(taken.Arrived) > options.BusyAfter)
        {
            taken.Answer(AppendOutcome.Busy.Instance);
            return;
        }

        _residents.Add(taken.Resident);
        _batch.Add(taken);
    }
}
