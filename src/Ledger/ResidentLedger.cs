using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using JasperFx.Events;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Storage;
using Marten;
using Marten.Events.Archiving;
using Marten.Services;
using Npgsql;
using Unknown = Marten.Exceptions.UnknownEventTypeException;
using Unreadable = Marten.Exceptions.EventDeserializationFailureException;

namespace Jpki.Ledger;

/// <summary>
/// 台帳: every resident's stream of events, appended to and never changed. Safe for concurrent use; one instance a process.
/// </summary>
/// <remarks>
/// Idempotency needs no table: the ids of done commands are folded from the stream (<see cref="ResidentHistory.Done"/>), and whoever
/// appends on a state that does not know a command already done is stopped by the expected version.
/// </remarks>
public sealed partial class ResidentLedger
{
    private readonly LedgerStore _store;
    private readonly IStreamWriter _writer;
    private readonly GroupedStreamReader _reader;

    internal ResidentLedger(LedgerStore store, IStreamWriter writer, GroupedStreamReader reader) =>
        (_store, _writer, _reader) = (store, writer, reader);

    /// <summary>The resident's stream folded, in one round trip that loads arriving together share; <see cref="ResidentHistory.Empty"/> when there is none.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">The stream holds what this program never wrote.</exception>
    public async Task<ResidentHistory> LoadAsync(ResidentId resident, CancellationToken cancellation = default) =>
        ResidentHistory.Empty.With(await ReadAsync(resident, cancellation));

    /// <summary>The resident's events, oldest first; empty when there are none.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">The stream holds what this program never wrote.</exception>
    public Task<IReadOnlyList<Recorded>> ReadAsync(ResidentId resident, CancellationToken cancellation = default) =>
        ReadingAsync(() => _reader.FetchAsync(resident, cancellation));

    /// <summary>
    /// Stores all of the events or none, in a transaction that appends for other residents may share. When it returns
    /// <see cref="AppendOutcome.Appended"/> they are durable.
    /// </summary>
    /// <param name="expectedVersion">The stream's version before the append; 0 for a resident without a stream.</param>
    /// <param name="events">At least one.</param>
    /// <param name="kept">What is kept beside the events, stored in the same transaction; none when they change nothing of it.</param>
    /// <exception cref="ArgumentException">No events, or a negative version.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent; nothing was stored.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">
    /// Neither stored nor refused for certain; cancelling while the append is under way counts as that.
    /// </exception>
    public async Task<AppendOutcome> AppendAsync(
        ResidentId resident,
        long expectedVersion,
        IReadOnlyList<ResidentEvent> events,
        Provenance provenance,
        KeptRows? kept = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expectedVersion);
        if (events.Count == 0)
            throw new ArgumentException("An append needs at least one event.", nameof(events));

        var append = new StreamAppend(
            resident.Value, expectedVersion, [.. events.Select(each => new NewEvent(each, provenance))], kept ?? KeptRows.AsBefore);
        return await _writer.AppendAsync(append, cancellation) switch
        {
            StreamOutcome.Appended => new AppendOutcome.Appended(
                [.. events.Select((each, index) => new Recorded(resident, expectedVersion + 1 + index, each, provenance))]),
            StreamOutcome.Conflict => AppendOutcome.Conflict.Instance,
            StreamOutcome.Busy => AppendOutcome.Busy.Instance,
            var other => throw new InvalidOperationException($"No such outcome: {other}."),
        };
    }

    /// <summary>
    /// Every event of every resident in the order of the ledger's sequence, as of one instant, for auditors and reports. Numbers that
    /// failed appends used up, and those of the offices' journals, are passed over.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">The ledger holds what this program never wrote.</exception>
    public async IAsyncEnumerable<Recorded> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var session = _store.Documents.QuerySession();
        var all = session.Events.QueryAllRawEvents().Where(each => each.MaybeArchived() && !each.StreamKey!.StartsWith(JournalStream.Prefix)).OrderBy(each => each.Sequence);
        await foreach (var recorded in RecordedAsync(all, cancellation))
            yield return recorded;
    }

    /// <summary>Every event, resident by resident, each one's oldest first, as of one instant.</summary>
    /// <param name="snapshot">Exported by another transaction, to see what that one sees; none for the present.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">The ledger holds what this program never wrote.</exception>
    internal async IAsyncEnumerable<Recorded> ReadByResidentAsync(
        string? snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellation);
        if (snapshot is not null)
            await connection.Statement($"set transaction snapshot '{snapshot}'").RunAsync(cancellation);

        await using var session = _store.Documents.QuerySession(SessionOptions.ForTransaction(transaction));
        var all = session.Events.QueryAllRawEvents().Where(each => each.MaybeArchived() && !each.StreamKey!.StartsWith(JournalStream.Prefix)).OrderBy(each => each.StreamKey).ThenBy(each => each.Version);
        await foreach (var recorded in RecordedAsync(all, cancellation))
            yield return recorded;
    }

    /// <summary>Everybody who has a stream, by their number, read page by page while others are being added.</summary>
    /// <param name="municipality">None for all.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async IAsyncEnumerable<ResidentId> ResidentsAsync(
        MunicipalityCode? municipality = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 1_000;
        var (prefix, after) = (municipality is { } only ? $"{only}-" : "", "");
        while (true)
        {
            var from = after;
            var found = await Wire.RowsAsync(() => Page(from), row => row.GetString(0), cancellation).ToListAsync(cancellation);
            foreach (var id in found)
            {
                // Marten's own stream of tombstones is no resident.
                if (ResidentId.TryParse(id, null, out var resident))
                    yield return resident;
            }

            if (found.Count < page)
                yield break;
            after = found[^1];
        }

        NpgsqlCommand Page(string from) => _store.Source.Statement(
            $"select id from {LedgerStore.SchemaName}.mt_streams where id > $1 and starts_with(id, $2) and not starts_with(id, '{JournalStream.Prefix}') order by id limit $3", from, prefix, page);
    }

    /// <summary>True when the database answers, accepts writes and has the ledger's tables. Never throws for a broken wire.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellation = default)
    {
        if (!_store.IsOpen)
            return false;

        try
        {
            await using var probe = _store.Source.CreateCommand(
                $"select not pg_is_in_recovery() and to_regclass('{LedgerStore.SchemaName}.mt_events') is not null");
            return await probe.ExecuteScalarAsync(cancellation) is true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    private static async IAsyncEnumerable<Recorded> RecordedAsync(
        IQueryable<IEvent> events, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stored = events.ToAsyncEnumerable(cancellation).GetAsyncEnumerator(cancellation);
        while (await ReadingAsync(() => stored.MoveNextAsync().AsTask()))
        {
            if (!StoredEvent.IsTombstone(stored.Current) && !StoredEvent.IsJournals(stored.Current))
                yield return StoredEvent.ToRecorded(stored.Current);
        }
    }

    private static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is DbException or TimeoutException || e.InnerException is DbException or TimeoutException)
        {
            throw new LedgerUnavailableException(e);
        }
        catch (Exception e) when (e is Unreadable or Unknown)
        {
            throw new LedgerDamagedException("The ledger holds an event that this program does not know or can't read.", e);
        }
    }
}
