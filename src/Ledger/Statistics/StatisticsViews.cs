using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// 統計: what the ledger's events add up to, kept within a second of them by whichever process follows. Each answer is of one instant, also while a
/// rebuild changes over. Safe for concurrent use.
/// </summary>
public sealed class StatisticsViews
{
    private const int MostIncidents = 100;

    private const string Live = $"(select generation from {StatisticsViewTable.FullName})";

    private readonly LedgerStore _store;
    private readonly Incidents _incidents;
    private readonly StatisticsCheck _check;
    private readonly TimeProvider _clock;

    internal StatisticsViews(LedgerStore store, Incidents incidents, TimeProvider clock) =>
        (_store, _incidents, _check, _clock) = (store, incidents, new StatisticsCheck(store, incidents, clock), clock);

    /// <summary>Cells in the order of their keys, as a stream.</summary>
    /// <param name="after">The last cell of the page before; none for the first page.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<StatisticsCell> CellsAsync(
        StatisticsQuery query, CellKey? after = null, int limit = int.MaxValue, CancellationToken cancellation = default) => Wire.RowsAsync(
            () => _store.Source.Statement(
                $"""
                select {StatisticsCellTable.Dimensions}, count, yen from {StatisticsCellTable.FullName} where generation = {Live}
                    and municipality = coalesce($1::text, municipality) and day >= $2 and day <= $3 and office = coalesce($4::text, office)
                    and ($5::text[] is null or figure = any($5))
                    {(after is null ? "" : $"and ({StatisticsCellTable.Dimensions}) > ($7, $8, $9, $10, $11, $12, $13, $14, $15, $16)")}
                order by {StatisticsCellTable.Dimensions} limit $6
                """,
                [.. Filter(query), limit, .. after is { } key ? Place(key) : []]).Patient(),
            row => StatisticsStore.ReadCell(row) is var (key, sum) ? new StatisticsCell(key, sum) : default,
            cancellation);

    /// <summary>Who holds certificates that are not revoked and have not ended on a day, which is today's: the views know the present only.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<HolderCount> HoldersAsync(MunicipalityCode? municipality, DateOnly today, CancellationToken cancellation = default) => Wire.RowsAsync(
        () => _store.Source.Statement(
            $"""
            select left(resident, 5), held.kind, width_bucket(birth_date, $1::date[]), date_trunc('month', held.until)::date, count(*)
            from {StatisticsResidentTable.FullName}
            cross join lateral (values (0, signature_until), (1, authentication_until)) held (kind, until)
            where generation = {Live} and held.until >= $2 and left(resident, 5) = coalesce($3::text, left(resident, 5))
            group by 1, 2, 3, 4 order by 1, 2, 4, 3 desc
            """,
            AgeBands.BirthDatesDividing(today).ToArray(), today, municipality?.Value).Patient(),
        row => new HolderCount(
            MunicipalityCode.Parse(row.GetString(0)), (CertificateKind)row.GetInt32(1), row.IsDBNull(2) ? null : AgeBands.NameOf(row.GetInt32(2)),
            row.GetFieldValue<DateOnly>(3), row.GetInt64(4)),
        cancellation);

    /// <summary>Kinds applied for and neither on the card nor given up, at present: where, and which kind.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<IReadOnlyList<(MunicipalityCode Municipality, string Office, CertificateKind Kind)>> OpenKindsAsync(
        MunicipalityCode? municipality, CancellationToken cancellation = default)
    {
        var rows = Wire.RowsAsync(
            () => _store.Source.Statement(
                $"""
                select {ResidentRow.Columns} from {StatisticsResidentTable.FullName}
                where generation = {Live} and pending is not null and left(resident, 5) = coalesce($1::text, left(resident, 5))
                """,
                municipality?.Value).Patient(),
            ResidentRow.Read,
            cancellation);
        var open = new List<(MunicipalityCode, string, CertificateKind)>();
        await foreach (var row in rows)
        {
            if (row.ToFacts().Pending.Application is { } application)
                open.AddRange(application.Kinds.Select(each => (ResidentId.Parse(row.Resident).Municipality, application.Office, each.Kind)));
        }

        return open;
    }

    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<StatisticsStatus> StatusAsync(CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        var mark = await StatisticsStore.MarkAsync(connection, cancellation);
        var behind = await connection.Statement(
            $"select count(*) from (select from {LedgerStore.SchemaName}.mt_events where seq_id > $1 and type <> 'tombstone' limit 100000) ahead",
            mark.Hash.Sequence).ScalarAsync<long>(cancellation);
        return new(
            mark.Hash.Sequence, mark.Hash.Count, Convert.ToHexStringLower(mark.Hash.Value), mark.FoldedAt, behind, mark.Checked.Sequence, mark.CheckedAt,
            (await RebuildJob.FindAsync(_store.Source, cancellation))?.Status,
            await _incidents.AllAsync(standing: true, MostIncidents, cancellation).ToListAsync(cancellation));
    }

    /// <summary>Every incident there was, the newest first, at most a hundred.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<StatisticsIncident> IncidentsAsync(CancellationToken cancellation = default) =>
        _incidents.AllAsync(standing: false, MostIncidents, cancellation);

    /// <summary>Waits until all events that were there at the call are folded.</summary>
    /// <returns>False when that took longer than it may.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<bool> CaughtUpAsync(TimeSpan within, CancellationToken cancellation = default)
    {
        var newest = await _store.Source.Statement(
            $"select coalesce(max(seq_id), 0) from {LedgerStore.SchemaName}.mt_events where type <> 'tombstone'").ScalarAsync<long>(cancellation);
        var began = _clock.GetTimestamp();
        while ((await StatusAsync(cancellation)).Sequence < newest)
        {
            if (_clock.GetElapsedTime(began) > within)
                return false;
            await Task.Delay(TimeSpan.FromMilliseconds(100), _clock, cancellation);
        }

        return true;
    }

    /// <summary>Asks whoever follows for a rebuild; one that was stopped goes on.</summary>
    /// <param name="cause">Who asks.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<StatisticsRebuildStatus> RequestRebuildAsync(string cause, CancellationToken cancellation = default)
    {
        await RebuildJob.RequestAsync(_store.Source, cause, _clock.GetUtcNow(), cancellation);
        return (await RebuildJob.FindAsync(_store.Source, cancellation))!.Status;
    }

    /// <returns>False when none is under way.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<bool> StopRebuildAsync(CancellationToken cancellation = default) => RebuildJob.StopAsync(_store.Source, cancellation);

    /// <summary>Folds the whole ledger again and compares every row, now; what differs is an incident, and is repaired.</summary>
    /// <returns>True when nothing differs.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">An event is not one that this program can count.</exception>
    public async Task<bool> CheckAsync(CancellationToken cancellation = default)
    {
        if (!await _check.RunAllAsync(cancellation))
            return true;
        await RebuildJob.RequestAsync(_store.Source, "check", _clock.GetUtcNow(), cancellation);
        return false;
    }

    private static object?[] Filter(StatisticsQuery query) =>
    [
        query.Municipality?.Value, query.From ?? DateOnly.MinValue, query.To ?? DateOnly.MaxValue, query.Office?.Value,
        query.Figures?.Select(ContractName.Of).ToArray(),
    ];

    private static object?[] Place(CellKey key) =>
    [
        key.Municipality.Value, key.Day, key.Office, ContractName.Of(key.Figure), key.Kind, key.Procedure, key.Reason, key.Fee, key.Applicant, key.Detail,
    ];
}
