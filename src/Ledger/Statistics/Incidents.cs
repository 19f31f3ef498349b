using Jpki.Ledger.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>集計の事故: what was found wrong with the views.</summary>
/// <param name="Sequence">How far the views had come.</param>
/// <param name="Findings">What differs; rows by their keys, no personal data.</param>
/// <param name="RepairedAt">None while it stands.</param>
public sealed record StatisticsIncident(
    Guid Id, StatisticsIncidentKind Kind, long Sequence, IReadOnlyList<string> Findings, DateTimeOffset At, DateTimeOffset? RepairedAt);

/// <summary>What kind of wrong.</summary>
public enum StatisticsIncidentKind
{
    /// <summary>The next event can't be counted; the views stand still.</summary>
    FoldStopped,

    /// <summary>The ledger holds other events than were folded.</summary>
    EventsDiffer,

    /// <summary>A row is not what the fold made it.</summary>
    RowsDiffer,
}

/// <summary>Incidents in and out of their table, and into the log.</summary>
internal sealed class Incidents(LedgerStore store, TimeProvider clock, ILogger<Incidents> logger)
{
    private const string Columns = "id, kind, sequence, findings, at, repaired_at";

    /// <summary>Records and logs an incident, unless the same stands already.</summary>
    /// <param name="generation">Of the rows it is about. Rows that a rebuild has replaced meanwhile are nobody's concern any more.</param>
    /// <returns>True when it stands.</returns>
    public async Task<bool> TellAsync(
        StatisticsIncidentKind kind, int generation, long sequence, IReadOnlyList<string> findings, CancellationToken cancellation)
    {
        // The share of the view's row waits for a rebuild that is changing over, and sees its generation.
        var told = await store.Source.Statement(
            $"""
            insert into {StatisticsIncidentTable.FullName} ({Columns})
            select $1, $2, $3, $4, $5, null from {StatisticsViewTable.FullName}
            where generation = $6 and not exists (select from {StatisticsIncidentTable.FullName} where kind = $2 and repaired_at is null)
            for share of statistics_view
            """,
            Guid.CreateVersion7(clock.GetUtcNow()), kind.ToString(), sequence, findings.ToArray(), clock.GetUtcNow(), generation).RunAsync(cancellation);
        if (told == 1)
            logger.LogCritical("Incident: statistics at sequence {Sequence}: {Kind}: {Findings}", sequence, kind, string.Join("; ", findings));
        return await store.Source.Statement(
            $"select exists (select from {StatisticsIncidentTable.FullName} where kind = $1 and repaired_at is null)", kind.ToString())
            .ScalarAsync<bool>(cancellation);
    }

    /// <summary>Marks what stands as repaired.</summary>
    /// <param name="kind">Only this kind; none for all.</param>
    public static Task<int> RepairedAsync(NpgsqlConnection connection, StatisticsIncidentKind? kind, DateTimeOffset now, CancellationToken cancellation) =>
        connection.Statement(
            $"update {StatisticsIncidentTable.FullName} set repaired_at = $1 where repaired_at is null and kind = coalesce($2, kind)",
            now.ToUniversalTime(), kind?.ToString() ?? (object)DBNull.Value).RunAsync(cancellation);

    /// <summary>Those that stand, or all; the newest first.</summary>
    public IAsyncEnumerable<StatisticsIncident> AllAsync(bool standing, int limit, CancellationToken cancellation) => Wire.RowsAsync(
        () => store.Source.Statement(
            $"select {Columns} from {StatisticsIncidentTable.FullName} where repaired_at is null or not $1 order by at desc limit $2", standing, limit),
        row => new StatisticsIncident(
            row.GetGuid(0), Enum.Parse<StatisticsIncidentKind>(row.GetString(1)), row.GetInt64(2), row.GetFieldValue<string[]>(3),
            row.GetFieldValue<DateTimeOffset>(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateTimeOffset>(5)),
        cancellation);
}
