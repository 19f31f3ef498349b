using System.Data;
using Jpki.Audit.Merkle;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Proofs;

/// <summary>
/// 監査木の管理: gives every event its leaf, in the order of the ledger, a page a transaction. The tail moves from the page's lower to its upper
/// number in that transaction, or nothing is stored: two who do it at once never make two leaves of one event. Not safe for concurrent use.
/// </summary>
internal sealed class TreeKeeper(LedgerStore store)
{
    /// <summary>Events of a page at most.</summary>
    public const int PageEvents = 4_000;

    private const string Tail = "leaves";

    private readonly LedgerHorizon _horizon = new(store);

    /// <summary>The row that is moved.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task PrepareAsync(CancellationToken cancellation) => store.Source
        .Statement($"insert into {TailTable.FullName} (name, sequence) values ($1, 0) on conflict do nothing", Tail).RunAsync(cancellation);

    /// <summary>Up to which number every event has its leaf.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public static Task<long> TailAsync(NpgsqlDataSource source, CancellationToken cancellation) => source
        .Statement($"select coalesce((select sequence from {TailTable.FullName} where name = $1), 0)", Tail).ScalarAsync<long>(cancellation);

    /// <summary>Makes the leaves of one page.</summary>
    /// <returns>How many; none when all that is final has its leaf, or another made them.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer; nothing was stored.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not; the next page goes on from what is.</exception>
    public async Task<int> NextAsync(CancellationToken cancellation)
    {
        var upTo = await _horizon.SafeSequenceAsync(cancellation);
        await using var connection = await store.Source.ConnectAsync(cancellation);
        var tail = await connection.Statement($"select sequence from {TailTable.FullName} where name = $1", Tail).ScalarAsync<long>(cancellation);
        if (tail >= upTo)
            return 0;

        var rows = await RowsAsync(connection, tail, upTo, cancellation);
        var next = rows.Count < PageEvents ? upTo : rows[^1].Sequence;
        var trees = await TreesAsync(connection, cancellation);
        var page = new LeafPage(trees, await SaltsAsync(connection, rows, cancellation));
        foreach (var row in rows)
            page.Add(row);
        return await StoreAsync(connection, tail, next, page, trees, cancellation) ? page.Leaves.Count : 0;
    }

    private static async Task<List<StoredRow>> RowsAsync(NpgsqlConnection connection, long after, long upTo, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => connection.Statement(
                $"select {StoredRow.Columns} from {StoredRow.FromEvents} and seq_id > $1 and seq_id <= $2 order by seq_id limit {PageEvents}", after, upTo),
            row => StoredRow.Read(row), cancellation)
        .ToListAsync(cancellation);

    private static async Task<Dictionary<MunicipalityCode, TreeFrontier>> TreesAsync(NpgsqlConnection connection, CancellationToken cancellation) => await Wire
        .RowsAsync(() => connection.Statement($"select {TreeRow.Columns} from {TreeTable.FullName}"), TreeRow.Read, cancellation)
        .ToDictionaryAsync(each => each.Municipality, each => each.Tree, cancellationToken: cancellation);

    private static async Task<Dictionary<string, byte[]>> SaltsAsync(
        NpgsqlConnection connection, List<StoredRow> rows, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => connection.Statement(
                $"select stream, salt from {SaltTable.FullName} where stream = any($1)", (object)rows.Select(each => each.Stream).Distinct().ToArray()),
            row => (Stream: row.GetString(0), Salt: row.GetFieldValue<byte[]>(1)), cancellation)
        .ToDictionaryAsync(each => each.Stream, each => each.Salt, cancellationToken: cancellation);

    private static async Task<bool> StoreAsync(
        NpgsqlConnection connection, long from, long to, LeafPage page, Dictionary<MunicipalityCode, TreeFrontier> trees, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginAsync(IsolationLevel.ReadCommitted, cancellation);
        var moved = await connection
            .Statement($"update {TailTable.FullName} set sequence = $1 where name = $2 and sequence = $3", to, Tail, from).RunAsync(cancellation);
        if (moved == 0)
            return false;

        await CopyAsync(connection, $"{LeafTable.FullName} (municipality, index, sequence, hash)",
            page.Leaves.Select(each => new object[] { each.Municipality.Value, each.Index, each.Sequence, each.Hash.ToArray() }), cancellation);
        await CopyAsync(connection, $"{NodeTable.FullName} (municipality, level, index, hash)",
            page.Nodes.Select(each => new object[] { each.Municipality.Value, each.Node.Level, each.Node.Index, each.Hash.ToArray() }), cancellation);
        await CopyAsync(connection, $"{SaltTable.FullName} (stream, salt)",
            page.NewSalts.Select(each => new object[] { each.Stream, each.Salt }), cancellation);
        foreach (var (municipality, sequence) in page.LastSequences)
            await TreeRow.PutAsync(connection, municipality, trees[municipality], sequence, cancellation);
        await transaction.CommittedAsync(cancellation);
        return true;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string target, IEnumerable<object[]> rows, CancellationToken cancellation)
    {
        await Wire.ReadingAsync(async () =>
        {
            await using var copy = await connection.BeginBinaryImportAsync($"copy {target} from stdin (format binary)", cancellation);
            foreach (var row in rows)
                await copy.WriteRowAsync(cancellation, row);
            return await copy.CompleteAsync(cancellation);
        });
    }
}
