using System.Threading.Channels;
using Jpki.Domain;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Ledger.Storage;

/// <summary>
/// One office's journal as one process writes it: what waits goes together, in one append, while the last one commits; so entries of many
/// callers cost one shared commit.
/// </summary>
internal sealed class JournalDesk : IAsyncDisposable
{
    /// <summary>Entries in one append.</summary>
    private const int MaxBatch = 128;

    /// <summary>Entries that may wait; more than that are turned away at once, and what they are about is not answered.</summary>
    private const int MostWaiting = 4_096;

    private readonly IStreamWriter _writer;
    private readonly JournalPlace _place;
    private readonly Channel<Entry> _queue = Channel.CreateBounded<Entry>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Task _writing;

    private JournalStream? _stream;
    private long _version;

    public JournalDesk(IStreamWriter writer, JournalPlace place)
    {
        (_writer, _place) = (writer, place);
        _writing = Task.Run(WriteAsync);
    }

    /// <returns>True when it is durable; false when that is not known.</returns>
    public Task<bool> RecordAsync(JournalEvent entry, Provenance provenance)
    {
        var waiting = new Entry(new(entry, provenance), Jst.DayOf(provenance.At));
        return _queue.Writer.TryWrite(waiting) ? waiting.Durable.Task : Task.FromResult(false);
    }

    /// <summary>Ends what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        var batch = new List<Entry>(MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            // A stream is of one day; what is of the next waits for its own append.
            while (batch.Count < MaxBatch && _queue.Reader.TryPeek(out var next) && (batch is [] || batch[0].Day == next.Day)
                && _queue.Reader.TryRead(out next))
                batch.Add(next);
            var durable = await AppendAsync(batch);
            foreach (var each in batch)
                each.Durable.SetResult(durable);
            batch.Clear();
        }
    }

    private async Task<bool> AppendAsync(List<Entry> batch)
    {
        if (_stream?.Day != batch[0].Day)
            (_stream, _version) = (JournalStream.New(_place, batch[0].Day), 0);
        try
        {
            var append = new StreamAppend(_stream.Key, _version, [.. batch.Select(each => each.New)], KeptRows.AsBefore);
            switch (await _writer.AppendAsync(append, CancellationToken.None))
            {
                case StreamOutcome.Appended:
                    _version += batch.Count;
                    return true;
                case StreamOutcome.Busy:
                    return false;
            }
        }
        catch (LedgerOutcomeUnknownException)
        {
            // What was sent may yet stand in the stream, so its version is not known any more.
        }

        _stream = null;
        return false;
    }

    private sealed record Entry(NewEvent New, DateOnly Day)
    {
        public TaskCompletionSource<bool> Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
