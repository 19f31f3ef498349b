using Jpki.Domain;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>A published list with the moment it speaks of.</summary>
internal sealed record StoredList(PublishedList List, Moment Moment)
{
    private const string Full = "full";
    private const string Delta = "delta";

    public static string NameOf(ListKind kind) => kind == ListKind.Full ? Full : Delta;

    /// <summary>The last one of a scope.</summary>
    /// <param name="kind">None for either.</param>
    public static async Task<StoredList?> LastAsync(
        NpgsqlConnection connection, RevocationListScope scope, ListKind? kind, CancellationToken cancellation)
    {
        NpgsqlCommand Query() => connection.Statement(
            $"""
            select number, kind, base_number, this_update, next_update, sha256, length, incarnation, snapshot::text from {RevocationListTable.FullName}
            where authority_key = $1 and municipality = $2 and ($3 = '' or kind = $3) order by number desc limit 1
            """,
            scope.AuthorityKeyId, scope.Municipality.Value, kind is { } wanted ? NameOf(wanted) : "");
        return await Wire.RowsAsync(Query, reader => Read(reader, scope), cancellation).SingleOrDefaultAsync(cancellation);
    }

    public Task InsertAsync(NpgsqlConnection connection, CancellationToken cancellation) => connection.Statement(
        $"""
        insert into {RevocationListTable.FullName}
            (authority_key, municipality, number, kind, base_number, this_update, next_update, sha256, length, incarnation, snapshot)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::pg_snapshot)
        """,
        List.Scope.AuthorityKeyId, List.Scope.Municipality.Value, List.Number, NameOf(List.Kind), List.BaseNumber,
        List.ThisUpdate.ToUniversalTime(), List.NextUpdate.ToUniversalTime(), List.Sha256, List.Length, Moment.Incarnation, Moment.Snapshot)
        .RunAsync(cancellation);

    private static StoredList Read(NpgsqlDataReader reader, RevocationListScope scope) => new(
        new(
            scope,
            reader.GetString(1) == Full ? ListKind.Full : ListKind.Delta,
            reader.GetInt64(0),
            reader.IsDBNull(2) ? null : reader.GetInt64(2),
            reader.GetFieldValue<DateTimeOffset>(3),
            reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetString(5),
            reader.GetInt64(6)),
        new(reader.GetString(7), reader.GetString(8)));
}
