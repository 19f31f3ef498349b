using System.Threading.Channels;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Makes batches of what waits for one writer. There is no timer: a batch is what queued while the last one was committing, so a lone
/// append goes at once. No batch holds two appends to one stream; the later ones are held back for the next batch, before anything newer.
/// </summary>
internal sealed class BatchGatherer(ChannelReader<PendingAppend> queue, GroupCommitOptions options, TimeProvider clock)
{
    private readonly List<PendingAppend> _batch = [];
    private readonly HashSet<string> _streams = [];
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
        _streams.Clear();
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
        if (_batch.Count == options.MaxBatch || _streams.Contains(next.Stream))
            _heldBack.Add(next);
        else if (next.TryTake())
            Admit(next);
    }

    private void Admit(PendingAppend taken)
    {
        if (clock.GetElapsedTime(taken.Arrived) > options.BusyAfter)
        {
            taken.Answer(StreamOutcome.Busy);
            return;
        }

        _streams.Add(taken.Stream);
        _batch.Add(taken);
    }
}
