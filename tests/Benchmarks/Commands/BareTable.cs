using Npgsql;
using NpgsqlTypes;

namespace Jpki.Benchmarks.Commands;

/// <summary>
/// The least that could keep an event: one table, one row and one commit an event, with the same data in the row and the same promise that a
/// stream has each version once.
/// </summary>
internal sealed class BareTable : IAsyncDisposable
{
    private const string Insert = "insert into bare (stream_id, version, type, data, headers) values ($1, 1, $2, $3, $4)";

    private readonly NpgsqlDataSource _source;
    private readonly (string Type, string Data, string Headers) _row;

    private BareTable(NpgsqlDataSource source, (string Type, string Data, string Headers) row) => (_source, _row) = (source, row);

    /// <param name="connectionString">The town's database: the row is copied from an event there.</param>
    public static async Task<BareTable> CreateAsync(string connectionString, int connections, CancellationToken cancellation)
    {
        // Connections as the ledger has them: no reset between two uses, statements prepared once.
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = connections,
            NoResetOnClose = true,
            MaxAutoPrepare = 10,
        }.ConnectionString);
        await using var command = source.CreateCommand(
            """
            create table if not exists bare (
                seq_id bigint generated always as identity primary key, stream_id varchar not null, version bigint not null, type varchar not null,
                data jsonb not null, headers jsonb, "timestamp" timestamptz not null default now(), unique (stream_id, version));
            select type, data::text, coalesce(headers::text, '{}') from ledger.mt_events where version = 2 order by seq_id limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(source, (reader.GetString(0), reader.GetString(1), reader.GetString(2)));
    }

    public async Task InsertAsync(CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(Insert);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7().ToString() });
        command.Parameters.Add(new() { Value = _row.Type });
        command.Parameters.Add(new() { Value = _row.Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
        command.Parameters.Add(new() { Value = _row.Headers, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
