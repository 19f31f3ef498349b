using System.Reflection;
using System.Security.Cryptography;
using Jpki.Domain.Json;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>
/// 照合済みの印: which build last found the tables as it wants them, and a hash of the catalog as it then was. While both are still the same,
/// comparing them again could only find the same; anything else, a column altered by hand above all, voids the mark.
/// </summary>
/// <remarks>
/// It stands in the schema's comment: that needs no table, which would itself have to be compared first, and who may not alter the schema
/// can't set it.
/// </remarks>
internal static class SchemaMark
{
    // Everything that Marten compares, and more: rather compared once too often. Sorted by octets, for collations change with the system's library.
    private const string CatalogSql = $"""
        select encode(sha256(convert_to(coalesce(string_agg(line, chr(10) order by line collate "C"), ''), 'UTF8')), 'hex') from
        (
            select concat_ws(' ', relname, relkind, relpersistence, pg_get_partkeydef(c.oid), attname, format_type(atttypid, atttypmod),
                attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid)) as line
            from pg_class c join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped
            left join pg_attrdef on adrelid = attrelid and adnum = attnum
            where relnamespace = {Schema} and relkind <> 'i'
            union all
            select concat_ws(' ', pg_get_indexdef(indexrelid), indisvalid) from pg_index join pg_class c on c.oid = indrelid where relnamespace = {Schema}
            union all
            select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint where connamespace = {Schema}
            union all
            select concat_ws(' ', s) from (select seqrelid::regclass, seqtypid, seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle
                from pg_sequence join pg_class c on c.oid = seqrelid where relnamespace = {Schema}) s
            union all
            select pg_get_functiondef(oid) from pg_proc where pronamespace = {Schema} and prokind in ('f', 'p')
            union all
            select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = tgrelid where relnamespace = {Schema} and not tgisinternal
        ) catalog
        """;

    private const string Schema = $"to_regnamespace('{LedgerStore.SchemaName}')";

    private static readonly string Build = BuildOf(
    [
        typeof(LedgerStore).Assembly, typeof(StoredNames).Assembly, typeof(DocumentStore).Assembly, typeof(JasperFx.Events.IEvent).Assembly,
        typeof(ISchemaObject).Assembly, typeof(Table).Assembly,
    ]);

    /// <returns>Whether this build, on exactly these tables, has nothing to change.</returns>
    public static async Task<bool> StandsAsync(NpgsqlConnection connection, CancellationToken cancellation) => await connection
        .Statement($"select coalesce(obj_description({Schema}, 'pg_namespace') = $1 || ({CatalogSql}), false)", Build).ScalarAsync<bool>(cancellation);

    /// <summary>To be called where nobody else may be altering the tables. An account that does not own the schema compares at each start.</summary>
    public static async Task SetAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var isOwner = await connection
            .Statement($"select pg_has_role(nspowner, 'usage') from pg_namespace where oid = {Schema}").ScalarAsync<bool>(cancellation);
        if (!isOwner)
            return;
        var catalog = await connection.Statement(CatalogSql).ScalarAsync<string>(cancellation);
        await connection.Statement($"comment on schema {LedgerStore.SchemaName} is '{Build}{catalog}'").RunAsync(cancellation);
    }

    /// <summary>A module's version id is another one after every change of its source, by which version numbers do not go up.</summary>
    private static string BuildOf(IEnumerable<Assembly> deciding)
    {
        var octets = deciding.SelectMany(each => each.ManifestModule.ModuleVersionId.ToByteArray()).ToArray();
        return $"as wanted by {Convert.ToHexStringLower(SHA256.HashData(octets))} at ";
    }
}
