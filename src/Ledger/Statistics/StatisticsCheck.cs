using System.Data;
using System.Globalization;
using System.Runtime.CompilerServices;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// 検査: compares the views with the ledger, and tells what differs. It shares no state with the follower: it reads the ledger's order again by itself,
/// and reckons the sum over all rows anew.
/// </summary>
internal sealed class StatisticsCheck(LedgerStore store, Incidents incidents, TimeProvider clock)
{
    /// <summary>Differences named; more are only counted.</summary>
    private const int MostNamed = 20;

    /// <summary>What the views have folded since the last check, and the sum over their rows. What differs is looked at row by row.</summary>
    /// <returns>True when an incident was found.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        await using var connection = await store.Source.ConnectAsync(cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellation);
        var mark = await StatisticsStore.MarkAsync(connection, cancellation);
        var isSame = await SameEventsAsync(connection, mark, mark.Checked.Copy(), cancellation) is { } read
            && await DigestAsync(connection, mark.Generation, cancellation) == mark.Digest
            && await PassedAsync(mark, read, cancellation);
        return !isSame && await CompareAsync(connection, mark, cancellation);
    }

    /// <summary>The whole ledger from its first event, every row.</summary>
    /// <inheritdoc cref="RunAsync" path="/returns|/exception"/>
    public async Task<bool> RunAllAsync(CancellationToken cancellation)
    {
        await using var connection = await store.Source.ConnectAsync(cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellation);
        return await CompareAsync(connection, await StatisticsStore.MarkAsync(connection, cancellation), cancellation);
    }

    /// <returns>What was read; none when it is not what was folded.</returns>
    private static async Task<RunningHash?> SameEventsAsync(
        NpgsqlConnection connection, ViewMark mark, RunningHash from, CancellationToken cancellation)
    {
        await foreach (var row in EventRows.ReadLightAsync(connection, from.Sequence, mark.Hash.Sequence, cancellation))
            from.Add(row);
        return from.IsSameAs(mark.Hash) ? from : null;
    }

    private static async Task<long> DigestAsync(NpgsqlConnection connection, int generation, CancellationToken cancellation)
    {
        var digest = 0L;
        await foreach (var (key, sum) in StatisticsStore.CellsAsync(connection, generation, cancellation))
            digest = unchecked(digest + ContentDigest.Of(key, sum));
        await foreach (var row in StatisticsStore.ResidentsAsync(connection, generation, cancellation))
            digest = unchecked(digest + ContentDigest.Of(row));
        return digest;
    }

    /// <summary>Beside the transaction that was read in: what was checked stays checked. A rebuild that changed over meanwhile begins anew.</summary>
    private async Task<bool> PassedAsync(ViewMark mark, RunningHash read, CancellationToken cancellation)
    {
        await store.Source.Statement(
            $"""
            update {StatisticsViewTable.FullName} set checked_sequence = $1, checked_count = $2, checked_hash = $3, checked_at = $4
            where name = $5 and generation = $6 and checked_sequence <= $1
            """,
            read.Sequence, read.Count, read.Value, clock.GetUtcNow(), StatisticsStore.Name, mark.Generation).RunAsync(cancellation);
        return true;
    }

    private async Task<bool> CompareAsync(NpgsqlConnection connection, ViewMark mark, CancellationToken cancellation)
    {
        var folding = new Folding(RunningHash.Zero, []);
        await foreach (var row in EventRows.ReadAsync(connection, 0, mark.Hash.Sequence, long.MaxValue, cancellation))
            folding.Add(row);

        var rows = new Findings();
        await foreach (var finding in DifferencesAsync(connection, mark.Generation, folding, cancellation))
            rows.Add(finding);
        if (!folding.Hash.IsSameAs(mark.Hash))
        {
            var events = string.Create(CultureInfo.InvariantCulture, $"events: {mark.Hash.Count} folded, {folding.Hash.Count} in the ledger");
            return await incidents.TellAsync(StatisticsIncidentKind.EventsDiffer, mark.Generation, mark.Hash.Sequence, [events, .. rows.All], cancellation);
        }

        if (rows.Count == 0 && folding.DigestOfAll() != mark.Digest)
            rows.Add("sum over all rows: differs");
        return rows.Count > 0
            && await incidents.TellAsync(StatisticsIncidentKind.RowsDiffer, mark.Generation, mark.Hash.Sequence, rows.All, cancellation);
    }

    private static async IAsyncEnumerable<string> DifferencesAsync(
        NpgsqlConnection connection, int generation, Folding folding, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cells = folding.Cells.All.ToDictionary();
        await foreach (var (key, kept) in StatisticsStore.CellsAsync(connection, generation, cancellation))
        {
            if (!cells.Remove(key, out var folded) || folded != kept)
                yield return $"cell {Named(key)}: kept {Told(kept)}, folded {Told(folded)}";
        }

        foreach (var (key, folded) in cells)
            yield return $"cell {Named(key)}: lost, folded {Told(folded)}";

        var residents = folding.Facts.ToDictionary();
        await foreach (var row in StatisticsStore.ResidentsAsync(connection, generation, cancellation))
        {
            if (!residents.Remove(row.Resident, out var facts) || ResidentRow.Of(row.Resident, facts) != row)
                yield return $"resident {row.Resident}: differs";
        }

        foreach (var (resident, facts) in residents)
        {
            if (!ReferenceEquals(facts, ResidentFacts.None))
                yield return $"resident {resident}: lost";
        }
    }

    private static string Named(CellKey key)
    {
        string[] dimensions =
        [
            key.Municipality.Value, key.Day.ToString("o", CultureInfo.InvariantCulture), key.Office, ContractName.Of(key.Figure), key.Kind, key.Procedure,
            key.Reason, key.Fee, key.Applicant, key.Detail,
        ];
        return string.Join('/', dimensions);
    }

    private static string Told(CellSum sum) => string.Create(CultureInfo.InvariantCulture, $"{sum.Count}, {sum.Yen} yen");

    /// <summary>The first differences, and how many there are.</summary>
    private sealed class Findings
    {
        private readonly List<string> _first = [];

        public int Count { get; private set; }

        public IReadOnlyList<string> All =>
            Count > MostNamed ? [.. _first, string.Create(CultureInfo.InvariantCulture, $"and {Count - MostNamed} more")] : _first;

        public void Add(string finding)
        {
            if (++Count <= MostNamed)
                _first.Add(finding);
        }
    }
}
