using System.Runtime.CompilerServices;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Storage;
using Marten;
using Marten.Services;
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
        await using var session = _store.Documents.QuerySession();
        var rows = Of(session, municipality).Where(each => each.WaitsUntil != null);
        if (dueUntil is { } last)
            rows = rows.Where(each => each.WaitsUntil <= last);
        await foreach (var work in StreamAsync(rows.OrderBy(each => each.WaitsUntil).ThenBy(each => each.Id), cancellation))
        {
            var wanted = work.Items.FindAll(each => each.IsForPeople && (kind ?? each.Kind) == each.Kind && each.DueOn <= (dueUntil ?? each.DueOn));
            if (!wanted.IsEmpty)
                yield return work with { Items = wanted };
        }
    }

    /// <summary>Residents with something, of whatever kind, that was due before a day.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<OpenWork> OverdueAsync(MunicipalityCode municipality, DateOnly day, CancellationToken cancellation = default) =>
        SnapshotAsync(municipality, rows => rows.Where(each => each.NextDueOn < day), cancellation);

    /// <summary>Residents of whom a certificate on the card may end within these days, both inclusive; others may be among them.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<OpenWork> EndingAsync(
        MunicipalityCode municipality, DateOnly from, DateOnly until, CancellationToken cancellation = default) =>
        SnapshotAsync(municipality, rows => rows.Where(each => each.FirstEndOn <= until && each.LastEndOn >= from), cancellation);

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

        await using var session = _store.Documents.LightweightSession(SessionOptions.ForTransaction(transaction));
        session.DeleteWhere<ResidentWork>(_ => true);
        await session.SaveChangesAsync(cancellation);
        var page = 0;
        foreach (var (resident, history) in await FoldAllAsync(cancellation))
        {
            if (OpenWork.Of(resident, history.State) is { IsEmpty: false } work)
                ResidentWork.Enlist(session, work);
            if (++page % RebuildPage == 0)
                await session.SaveChangesAsync(cancellation);
        }

        await session.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<IReadOnlyDictionary<ResidentId, ResidentHistory>> FoldAllAsync(CancellationToken cancellation)
    {
        var histories = new Dictionary<ResidentId, ResidentHistory>();
        await foreach (var recorded in ReadAllAsync(cancellation))
            histories[recorded.Resident] = histories.GetValueOrDefault(recorded.Resident, ResidentHistory.Empty).With(recorded);
        return histories;
    }

    private async IAsyncEnumerable<OpenWork> SnapshotAsync(
        MunicipalityCode municipality,
        Func<IQueryable<ResidentWork>, IQueryable<ResidentWork>> narrow,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var session = _store.Documents.QuerySession();
        await foreach (var work in StreamAsync(narrow(Of(session, municipality)).OrderBy(each => each.Id), cancellation))
            yield return work;
    }

    private static IQueryable<ResidentWork> Of(IQuerySession session, MunicipalityCode? municipality)
    {
        var code = municipality?.Value;
        var rows = session.Query<ResidentWork>();
        return code is null ? rows : rows.Where(each => each.Municipality == code);
    }

    private static async IAsyncEnumerable<OpenWork> StreamAsync(
        IQueryable<ResidentWork> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stored = rows.ToAsyncEnumerable(cancellation).GetAsyncEnumerator(cancellation);
        while (await ReadingAsync(() => stored.MoveNextAsync().AsTask()))
            yield return stored.Current.ToWork();
    }
}
