using System.Data;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// Folds the ledger into the views, a page a transaction. The view's row moves from the page's lower to its upper sequence in that same transaction,
/// or nothing is stored: whoever folds beside another, or for the second time, is stopped by it.
/// </summary>
internal sealed class PageFold(LedgerStore store, StatisticsOptions options, TimeProvider clock)
{
    /// <summary>The next page.</summary>
    /// <param name="upTo">No event after it is final yet.</param>
    /// <returns>Events folded; none when there are no more, or another folded them.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer; nothing was stored.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not; the next page goes on from what is.</exception>
    /// <exception cref="LedgerDamagedException">The next event is not one that this program can count.</exception>
    public async Task<int> NextAsync(long upTo, CancellationToken cancellation)
    {
        await using var connection = await store.Source.ConnectAsync(cancellation);
        var mark = await StatisticsStore.MarkAsync(connection, cancellation);
        if (mark.Hash.Sequence >= upTo)
            return 0;

        var rows = await EventRows.ReadAsync(connection, mark.Hash.Sequence, upTo, options.PageEvents, cancellation).ToListAsync(cancellation);
        if (rows.Count == 0)
            return 0;

        var residents = Folding.ResidentsOf(rows).ToArray();
        var before = await StatisticsStore.FactsAsync(connection, mark.Generation, residents, cancellation);
        var folding = new Folding(mark.Hash.Copy(), new(before));
        Fold(rows, folding);
        return await StoreAsync(connection, mark, before, folding, cancellation) ? (int)(folding.Hash.Count - mark.Hash.Count) : 0;
    }

    /// <summary>As far as it can be counted; what can't is told when it is the first of a page.</summary>
    private static void Fold(IReadOnlyList<EventRow> rows, Folding folding)
    {
        foreach (var (index, row) in rows.Index())
        {
            try
            {
                folding.Add(row);
            }
            catch (LedgerDamagedException) when (index > 0)
            {
                return;
            }
        }
    }

    private async Task<bool> StoreAsync(
        NpgsqlConnection connection, ViewMark mark, Dictionary<string, ResidentFacts> before, Folding folding, CancellationToken cancellation)
    {
        var rows = folding.Changed.Select(each => ResidentRow.Of(each, folding.Facts[each])).ToArray();
        var digest = mark.Digest;
        foreach (var (key, sum) in folding.Cells.All)
            digest = unchecked(digest + ContentDigest.Of(key, sum));
        foreach (var row in rows)
        {
            var was = before.TryGetValue(row.Resident, out var facts) ? ContentDigest.Of(ResidentRow.Of(row.Resident, facts)) : 0;
            digest = unchecked(digest + ContentDigest.Of(row) - was);
        }

        await using var transaction = await connection.BeginAsync(IsolationLevel.ReadCommitted, cancellation);
        if (!await FenceAsync(connection, mark, folding.Hash, digest, cancellation))
            return false;

        await StatisticsStore.AddCellsAsync(connection, mark.Generation, folding.Cells, cancellation);
        await StatisticsStore.PutResidentsAsync(connection, mark.Generation, rows, cancellation);
        await transaction.CommittedAsync(cancellation);
        return true;
    }

    private async Task<bool> FenceAsync(NpgsqlConnection connection, ViewMark from, RunningHash to, long digest, CancellationToken cancellation) =>
        await connection.Statement(
            $"""
            update {StatisticsViewTable.FullName} set sequence = $1, count = $2, hash = $3, digest = $4, folded_at = $5
            where name = $6 and generation = $7 and sequence = $8 and hash = $9
            """,
            to.Sequence, to.Count, to.Value, digest, clock.GetUtcNow(), StatisticsStore.Name, from.Generation, from.Hash.Sequence, from.Hash.Value)
            .RunAsync(cancellation) == 1;
}
