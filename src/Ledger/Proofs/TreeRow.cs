using Jpki.Audit.Merkle;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Proofs;

/// <summary>A municipality's tree as it stands in its row.</summary>
/// <param name="Sequence">Of the event of the last leaf.</param>
internal sealed record TreeRow(MunicipalityCode Municipality, TreeFrontier Tree, long Sequence)
{
    public const string Columns = "municipality, size, roots, sequence";

    public static TreeRow Read(NpgsqlDataReader row) => new(
        MunicipalityCode.Parse(row.GetString(0)),
        new(row.GetInt64(1), row.GetFieldValue<byte[]>(2).Chunk(TreeHash.Size).Select(each => new TreeHash(each))),
        row.GetInt64(3));

    public static Task PutAsync(NpgsqlConnection connection, MunicipalityCode municipality, TreeFrontier tree, long sequence, CancellationToken cancellation) =>
        connection.Statement(
            $"""
            insert into {TreeTable.FullName} ({Columns}) values ($1, $2, $3, $4)
            on conflict (municipality) do update set size = excluded.size, roots = excluded.roots, sequence = excluded.sequence
            """,
            municipality.Value, tree.Size, tree.Roots.SelectMany(each => each.ToArray()).ToArray(), sequence).RunAsync(cancellation);
}
