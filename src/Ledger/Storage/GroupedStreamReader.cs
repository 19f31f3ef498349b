using System.Threading.Channels;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger.Storage;

/// <summary>
/// まとめ読み: residents asked for while a query is under way are read together by the next one, in one round trip. A lone request goes at
/// once. Safe for concurrent use.
/// </summary>
internal sealed class GroupedStreamReader : IAsyncDisposable
{
    // Queries at once. More only share the same processors, and an activation storm would take every connection of the pool.
    private const int Readers = 2;

    // Streams have some ten events of half a kilobyte: a query's answer stays below a megabyte.
    private const int MaxBatch = 128;

    private const string Query =
        $"select {RecordedRow.Columns} from {LedgerStore.SchemaName}.mt_events where stream_id = any($1) order by stream_id, version";

    private const int QueueCapacity = 4_096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly LedgerStore _store;
    private readonly Channel<PendingRead> _queue = Channel.CreateBounded<PendingRead>(QueueCapacity);
    private readonly Task[] _readers;
    private readonly CancellationTokenSource _stop = new();

    public GroupedStreamReader(LedgerStore store)
    {
        _store = store;
        _readers = [.. Enumerable.Range(0, Readers).Select(_ => Task.Run(ReadAsync))];
    }

    /// <summary>The stream as of an instant after the call, oldest event first; empty when there is none.</summary>
    /// <exception cref="TimeoutException">Too much is waiting, or the ledger closes.</exception>
    /// <exception cref="LedgerDamagedException">The stream holds what this program never wrote; what is wrong with another is not told here.</exception>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<IReadOnlyList<Recorded>> FetchAsync(ResidentId resident, CancellationToken cancellation)
    {
        var pending = new PendingRead(resident.Value);
        if (!_queue.Writer.TryWrite(pending))
            await FindPlaceAsync(pending, cancellation);
        return await pending.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Breaks off what is under way: a reading changes nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await Task.WhenAll(_readers);
    }

    private async Task FindPlaceAsync(PendingRead pending, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await _queue.Writer.WriteAsync(pending, patience.Token);
        }
        catch (Exception e) when (e is ChannelClosedException || !cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("Too much is waiting to be read, or the ledger closes.", e);
        }
    }

    private async Task ReadAsync()
    {
        var batch = new List<PendingRead>(MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var next))
                batch.Add(next);
            await AnswerAsync(batch);
            batch.Clear();
        }
    }

    private async Task AnswerAsync(IReadOnlyList<PendingRead> batch)
    {
        try
        {
            if (batch.Count > 0)
                await QueryAsync(batch);
        }
        catch (Exception e)
        {
            var fault = _stop.IsCancellationRequested ? new TimeoutException("The ledger closes.", e) : e;
            foreach (var each in batch)
                each.Answer.TrySetException(fault);
        }
    }

    private async Task QueryAsync(IReadOnlyList<PendingRead> batch)
    {
        await using var query = new NpgsqlBatch();
        query.BatchCommands.Add(Arrays.Statement(Query, Arrays.Of(NpgsqlDbType.Varchar, batch.Select(each => each.Key).Distinct())));
        var rows = await Wire.ReadingAsync(() => _store.Warm.RunAsync(query, each => RowsAsync(each, _stop.Token), _stop.Token));
        foreach (var each in batch)
            each.AnswerWith(rows[each.Key]);
    }

    private static async Task<ILookup<string, RecordedRow>> RowsAsync(NpgsqlBatch query, CancellationToken stop)
    {
        var rows = new List<RecordedRow>();
        await using var reader = await query.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
            rows.Add(RecordedRow.Read(reader));
        return rows.ToLookup(each => each.Stream);
    }

    private sealed class PendingRead(string key)
    {
        public string Key => key;

        public TaskCompletionSource<IReadOnlyList<Recorded>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void AnswerWith(IEnumerable<RecordedRow> rows)
        {
            try
            {
                Answer.TrySetResult([.. rows.Select(each => each.ToRecorded())]);
            }
            catch (LedgerDamagedException damaged)
            {
                Answer.TrySetException(damaged);
            }
        }
    }
}
