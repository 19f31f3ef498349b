using System.Runtime.CompilerServices;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>未了の事務: what waits and what ends, in rows kept in the same transaction as the events.</summary>
public sealed partial class ResidentLedger
{
    // Rows held in memory at a time while they are rebuilt; one resident's row has about 300 octets.
    private const int RebuildPage = 1_000;

    /// <summary>
    /// Residents for whom somebody has something to do, the earliest due first, as a stream over one snapshot.
    /// </summary>
    /// <param name="municipality">None for all.</param>
    /// <param name="kind">Only with an item of this kind; the items of other kinds are left out.</param>
    /// <param name="dueUntil">Only items due up to this day, inclusive.</param>
    /// <returns>Residents with what waits for people, never without an item; what only awaits its day is left out.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async IAsyncEnumerable<OpenWork> OpenWorkAsync(
        MunicipalityCode? municipality,
        WorkKind? kind = null,
        DateOnly? dueUntil = null,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var waiting = RowsAsync("waits_until <= $2 order by waits_until, resident", municipality, cancellation, dueUntil ?? DateOnly.MaxValue);
        await foreach (var work in waiting)
        {
            var wanted = work.Items.FindAll(each => each.IsForPeople && (kind ?? each.Kind) == each.Kind && each.DueOn <= (dueUntil ?? each.DueOn));
            if (!wanted.IsEmpty)
                yield return work with { Items = wanted };
        }
    }

    /// <summary>Residents with something, of whatever kind, that was due before a day.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<OpenWork> OverdueAsync(MunicipalityCode municipality, DateOnly day, CancellationToken cancellation = default) =>
        RowsAsync("next_due_on < $2 order by resident", municipality, cancellation, day);

    /// <summary>Residents of whom a certificate on the card may end within these days, both inclusive; others may be among them.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<OpenWork> EndingAsync(
        MunicipalityCode municipality, DateOnly from, DateOnly until, CancellationToken cancellation = default) =>
        RowsAsync("first_end_on <= $2 and last_end_on >= $3 order by resident", municipality, cancellation, until, from);

    /// <summary>The last day whose nightly jobs were done for a municipality; none before the first.</summary>
    public async Task<DateOnly?> LastNightAsync(MunicipalityCode municipality, CancellationToken cancellation = default)
    {
        await using var session = _store.Documents.QuerySession();
        return (await ReadingAsync(() => session.LoadAsync<CompletedNight>(municipality.Value, cancellation)))?.Day;
    }

    /// <summary>Records that the jobs of a day are done. A day before the last one recorded changes nothing.</summary>
    public async Task CompleteNightAsync(MunicipalityCode municipality, DateOnly day, CancellationToken cancellation = default)
    {
        if (await LastNightAsync(municipality, cancellation) >= day)
            return;

        await using var session = _store.Documents.LightweightSession();
        session.Store(new CompletedNight(municipality.Value, day));
        await session.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// Makes all rows of open work anew from the events, in one transaction; appends wait until it is done. For a ledger that is older than
    /// the rows, and after a change of what counts as open.
    /// </summary>
    public async Task RebuildOpenWorkAsync(CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var halt = new NpgsqlCommand($"lock table {LedgerStore.SchemaName}.mt_events in share mode", connection, transaction))
            await halt.ExecuteNonQueryAsync(cancellation);

        await connection.Statement($"delete from {OpenWorkTable.FullName}").Patient().RunAsync(cancellation);
        var works = (await FoldAllAsync(cancellation)).Select(each => OpenWork.Of(each.Key, each.Value.State)).Where(each => !each.IsEmpty);
        foreach (var page in works.Chunk(RebuildPage))
        {
            await using var batch = connection.CreateBatch();
            batch.Add(OpenWorkRow.Statements(page));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Makes the rows of a ledger that has residents with cards and no row: it is older than the rows.</summary>
    internal async Task PrepareOpenWorkAsync(CancellationToken cancellation)
    {
        if (await _store.IsOlderThanAsync<CardHandedOver>(OpenWorkTable.FullName, cancellation))
            await RebuildOpenWorkAsync(cancellation);
    }

    private async Task<IReadOnlyDictionary<ResidentId, ResidentHistory>> FoldAllAsync(CancellationToken cancellation)
    {
        var histories = new Dictionary<ResidentId, ResidentHistory>();
        await foreach (var recorded in ReadAllAsync(cancellation))
            histories[recorded.Resident] = histories.GetValueOrDefault(recorded.Resident, ResidentHistory.Empty).With(recorded);
        return histories;
    }

    private IAsyncEnumerable<OpenWork> RowsAsync(
        string condition, MunicipalityCode? municipality, CancellationToken cancellation, params ReadOnlySpan<object?> days)
    {
        object?[] values = [municipality?.Value, .. days];
        var scope = municipality is null ? "$1::text is null" : "municipality = $1";
        return Wire.RowsAsync(
            () => _store.Source.Statement($"select {OpenWorkRow.Readable} from {OpenWorkTable.FullName} where {scope} and {condition}", values),
            OpenWorkRow.Read, cancellation);
    }
}
