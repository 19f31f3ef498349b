using Jpki.Audit.Merkle;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Proofs;

/// <summary>Hashes of complete subtrees, from those that are stored: at most 128 rows for each.</summary>
internal static class NodeReader
{
    /// <returns>Every node asked for, and none that has no leaves yet: then fewer.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public static async Task<IReadOnlyDictionary<TreeNode, TreeHash>> ReadAsync(
        NpgsqlConnection connection, MunicipalityCode municipality, IReadOnlyCollection<TreeNode> nodes, CancellationToken cancellation)
    {
        var found = new Dictionary<TreeNode, TreeHash>();
        foreach (var level in nodes.GroupBy(each => each.Level / NodeTable.LevelStep * NodeTable.LevelStep))
        {
            var wanted = level.ToArray();
            var (from, to) = level.Key == 0
                ? (LeafTable.FullName, "")
                : (NodeTable.FullName, $"and stored.level = {level.Key}");
            var rows = await Wire.RowsAsync(
                () => connection.Statement(
                    $"""
                    select range.number, stored.hash from unnest($2::bigint[], $3::bigint[]) with ordinality as range (first, past, number)
                    join {from} stored on stored.municipality = $1 {to} and stored.index >= range.first and stored.index < range.past
                    order by range.number, stored.index
                    """,
                    municipality.Value, wanted.Select(each => each.Start >> level.Key).ToArray(), wanted.Select(each => each.End >> level.Key).ToArray()),
                row => (Number: (int)row.GetInt64(0) - 1, Hash: new TreeHash(row.GetFieldValue<byte[]>(1))), cancellation).ToListAsync(cancellation);
            foreach (var range in rows.GroupBy(each => each.Number, each => each.Hash))
            {
                var tree = new TreeFrontier();
                foreach (var hash in range)
                    tree.Add(hash);
                if (tree.Size == 1L << (wanted[range.Key].Level - level.Key))
                    found.Add(wanted[range.Key], tree.Root);
            }
        }

        return found;
    }
}
