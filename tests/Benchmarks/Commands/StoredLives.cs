using System.Globalization;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;
using Npgsql;

namespace Jpki.Benchmarks.Commands;

/// <summary>
/// Lives put into a silo's tables by the server itself: registered, and then moved as often as is wanted, in copies of the events of one real life.
/// </summary>
internal sealed class StoredLives : IAsyncDisposable
{
    // Numbers far from those of residents who are born in a benchmark.
    private const int FirstNumber = 50_000_000;

    private const string Streams =
        """
        insert into ledger.mt_streams (id, version, tenant_id)
        select $1 || '-' || lpad(n::text, 8, '0'), $4, tenant_id from ledger.mt_streams, generate_series($2, $3) n where id = $5
        """;

    private const string Events =
        """
        insert into ledger.mt_events
            (seq_id, id, stream_id, version, data, type, "timestamp", tenant_id, mt_dotnet_type, causation_id, headers, is_archived)
        select nextval('ledger.mt_events_sequence'), gen_random_uuid(), stream, place, data, type, "timestamp", tenant_id, mt_dotnet_type,
            gen_random_uuid()::text, headers, false
        from (
            select $1 || '-' || lpad(n::text, 8, '0') as stream, place, e.*
            from generate_series($2, $3) n, generate_series(1, $4) place
            join ledger.mt_events e on e.stream_id = $5 and e.version = case when place = 1 then 1 else 2 + place % 4 end
            order by n, place) as life
        """;

    private static int _next = FirstNumber;

    private readonly NpgsqlDataSource _source;
    private readonly ResidentId _pattern;

    private StoredLives(NpgsqlDataSource source, ResidentId pattern) => (_source, _pattern) = (source, pattern);

    public NpgsqlDataSource Source => _source;

    /// <param name="callers">Whose first life is the pattern.</param>
    public static async Task<StoredLives> AtAsync(Stage stage, string database, Lives callers, CancellationToken cancellation)
    {
        for (var step = 0; step < Lives.Events; step++)
            await callers.NextAsync(0, cancellation);
        var source = new NpgsqlDataSourceBuilder(await stage.DatabaseAsync(database, cancellation)) { ConnectionStringBuilder = { CommandTimeout = 1800 } }.Build();
        await using var query = source.CreateCommand($"select id from ledger.mt_streams where version = {Lives.Events} order by created desc limit 1");
        return new(source, ResidentId.Parse((string)(await query.ExecuteScalarAsync(cancellation))!));
    }

    /// <summary>Adds lives of so many events, and has the planner look at what there is then.</summary>
    /// <returns>Whose they are.</returns>
    public async Task<IReadOnlyList<ResidentId>> AddAsync(int count, int events, CancellationToken cancellation)
    {
        var first = Interlocked.Add(ref _next, count) - count;
        await RunAsync(Streams, first, (long)events, cancellation);
        await RunAsync(Events, first, events, cancellation);
        await using var analyze = _source.CreateCommand("vacuum analyze ledger.mt_streams");
        await analyze.ExecuteNonQueryAsync(cancellation);
        await using var analyzeEvents = _source.CreateCommand("vacuum analyze ledger.mt_events");
        await analyzeEvents.ExecuteNonQueryAsync(cancellation);
        return [.. Enumerable.Range(first, count).Select(Resident)];

        async Task RunAsync(string statement, int from, object version, CancellationToken stop)
        {
            await using var command = _source.CreateCommand(statement);
            foreach (var value in (object[])[BenchSilo.CityHall[..5], from, from + count - 1, version, _pattern.Value])
                command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Reads one life as it stands in its rows, and leaves it.</summary>
    public async Task ReadAsync(ResidentId resident, CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand("select version, type, data, headers, causation_id from ledger.mt_events where stream_id = $1 order by version");
        command.Parameters.Add(new() { Value = resident.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            _ = (reader.GetInt64(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static ResidentId Resident(int number) =>
        ResidentId.Parse(string.Create(CultureInfo.InvariantCulture, $"{BenchSilo.CityHall[..5]}-{number:D8}"));
}
