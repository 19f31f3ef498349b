using Weasel.Postgresql;
using Weasel.Postgresql.Functions;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Appends to many streams at once, by Marten's rules and into Marten's tables: each stream at its expected version, each event with the next number
/// of the ledger's sequence, all or nothing. Half as much work for the server as Marten's own function once for each stream
/// (docs/decisions/0020-group-commit.md).
/// </summary>
/// <remarks>
/// The streams one by one, because a join's plan, kept from when the tables were small, would walk through all of them for a minute; the
/// events together, because nothing has to be looked up for them.
/// </remarks>
internal static class AppendFunction
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.append_batch";

    /// <summary>The SQLSTATE with which a batch is refused when a stream is not at its expected version; Marten's own.</summary>
    private const string Stale = "MT003";

    // Marten's name for the one tenant there is.
    private const string Tenant = "*DEFAULT*";

    // As PostgreSQL tells it again, so that whoever only compares finds it the same.
    private const string Body = $"""
        CREATE OR REPLACE FUNCTION {FullName}(streams character varying[], expected bigint[], counts integer[], event_streams character varying[], event_versions bigint[], event_ids uuid[], event_types character varying[], dotnet_types character varying[], bodies jsonb[], causation_ids character varying[], event_headers jsonb[], recorded_at timestamp with time zone)
         RETURNS void
         LANGUAGE plpgsql
        AS $function$
        BEGIN
            FOR i IN 1..cardinality(streams) LOOP
                IF expected[i] = 0 THEN
                    insert into {LedgerStore.SchemaName}.mt_streams (id, version, timestamp, tenant_id)
                    values (streams[i], counts[i], now(), '{Tenant}') on conflict do nothing;
                ELSE
                    update {LedgerStore.SchemaName}.mt_streams set version = expected[i] + counts[i], timestamp = now()
                    where id = streams[i] and version = expected[i] and not is_archived;
                END IF;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'a stream is not at its expected version' USING ERRCODE = '{Stale}';
                END IF;
            END LOOP;

            insert into {LedgerStore.SchemaName}.mt_events
                (seq_id, id, stream_id, version, data, type, tenant_id, timestamp, mt_dotnet_type, is_archived, causation_id, headers)
            select nextval('{LedgerStore.SchemaName}.mt_events_sequence'), id, stream, version, body, type, '{Tenant}', recorded_at, dotnet_type, false, cause, header
            from unnest(event_streams, event_versions, event_ids, event_types, dotnet_types, bodies, causation_ids, event_headers)
                as happened (stream, version, id, type, dotnet_type, body, cause, header);
        END
        $function$;
        """;

    public static Function Create() => new(new PostgresqlObjectName(LedgerStore.SchemaName, "append_batch", SchemaUtils.IdentifierUsage.General), Body);
}
