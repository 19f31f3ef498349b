using System.Threading.Channels;

namespace Jpki.Ledger.Storage;

/// <summary>
/// まとめ書き: appends to different streams that arrive while a transaction commits share the next one. Nothing is answered before its
/// transaction is durable. Safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>
/// A stream belongs to one of the writers, and a writer commits one batch after the other. So the appends to a stream are stored in the
/// order in which they were given, two of them are never under way at once, and a stream that makes trouble delays those of one
/// writer and not all.
/// </para>
/// <para>
/// Who finds the writer idle takes its part until the batch is sent, which spares a lone append a change of threads. From there on the writer is on
/// its own: it must not go on in the scheduler of whoever came along, a grain that may be gone by then (hence <c>ConfigureAwait</c> on its way).
/// </para>
/// <para>How faults are told apart and settled stands at <see cref="BatchCommit"/>.</para>
/// </remarks>
internal sealed class GroupCommitWriter : IStreamWriter
{
    private readonly GroupCommitOptions _options;
    private readonly TimeProvider _clock;
    private readonly BatchCommit _commit;
    private readonly Channel<PendingAppend>[] _queues;
    private readonly Task[] _writers;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="clock">For timeouts, not for dates.</param>
    public GroupCommitWriter(LedgerStore store, GroupCommitOptions options, TimeProvider clock)
    {
        options.Validate();
        (_options, _clock, _commit) = (options, clock, new BatchCommit(store, options, clock));
        _queues = [.. Enumerable.Range(0, options.Writers).Select(_ => Channel.CreateBounded<PendingAppend>(
            new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true, AllowSynchronousContinuations = true }))];
        _writers = [.. _queues.Select(queue => Task.Run(() => WriteAsync(queue.Reader)))];
    }

    public async Task<StreamOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pending = new PendingAppend(append, _clock.GetTimestamp());
        var queue = _queues[(uint)append.Stream.GetHashCode(StringComparison.Ordinal) % (uint)_queues.Length].Writer;
        return queue.TryWrite(pending) || await FindsPlaceAsync(queue, pending, cancellation)
            ? await pending.AnsweredAsync(cancellation)
            : StreamOutcome.Busy;
    }

    /// <summary>Ends what is queued; after <see cref="GroupCommitOptions.DrainWithin"/> without the database.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var queue in _queues)
            queue.Writer.TryComplete();
        var ended = Task.WhenAll(_writers);
        await ended.WaitAsync(_options.DrainWithin, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await ended;
    }

    private async Task<bool> FindsPlaceAsync(ChannelWriter<PendingAppend> queue, PendingAppend pending, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_options.BusyAfter);
        try
        {
            await queue.WriteAsync(pending, patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
        catch (ChannelClosedException)
        {
            return false;
        }
    }

    private async Task WriteAsync(ChannelReader<PendingAppend> queue)
    {
        var gatherer = new BatchGatherer(queue, _options, _clock);
        while (await gatherer.NextAsync() is { } batch)
        {
            if (_stop.IsCancellationRequested)
                Refuse(batch);
            else
                await _commit.RunAsync(batch, _stop.Token).ConfigureAwait(false);
        }
    }

    private static void Refuse(IReadOnlyList<PendingAppend> unsent)
    {
        foreach (var each in unsent)
            each.Answer(StreamOutcome.Busy);
    }
}
