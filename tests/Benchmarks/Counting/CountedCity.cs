using Jpki.Benchmarks.Stages;
using Jpki.City;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Ledger;
using Jpki.Ledger.Statistics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jpki.Benchmarks.Counting;

/// <summary>A ledger of an invented city, its rows multiplied until they are as many as a measure wants, with its statistics.</summary>
internal sealed class CountedCity : IAsyncDisposable
{
    private const string Database = "counted";

    // Some fifteen events each; invented once and multiplied, because inventing is slower than all that is measured.
    private const int Residents = 6_800;
    private const int Invented = 100_000;

    private readonly IHost _host;

    private CountedCity(IHost host, NpgsqlDataSource source) => (_host, Source) = (host, source);

    public NpgsqlDataSource Source { get; }

    public StatisticsViews Views => _host.Services.GetRequiredService<StatisticsViews>();

    public static async Task<CountedCity> OpenAsync(Stage stage, int events, CancellationToken cancellation)
    {
        var connection = await stage.DatabaseAsync(Database, cancellation);
        var source = new NpgsqlDataSourceBuilder(connection) { ConnectionStringBuilder = { CommandTimeout = 600 } }.Build();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddLedger(ledger => ledger.ConnectionString = connection);
        builder.Services.AddStatistics(statistics => (statistics.LookEvery, statistics.CheckEvery) = (TimeSpan.FromMilliseconds(20), TimeSpan.FromDays(1)));
        var host = builder.Build();
        await host.StartAsync(cancellation);
        var city = new CountedCity(host, source);
        await city.FillAsync(events, cancellation);
        return city;
    }

    /// <summary>Waits until a rebuild asked for is done.</summary>
    public async Task RebuildAsync(CancellationToken cancellation)
    {
        await Views.RequestRebuildAsync("bench", cancellation);
        while ((await Views.StatusAsync(cancellation)).Rebuild is not { State: RebuildState.Done, Equal: true })
            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Source.DisposeAsync();
    }

    private async Task FillAsync(int events, CancellationToken cancellation)
    {
        var plan = CityPlan.Of(Residents, 6, new Municipality(
            MunicipalityCode.Parse("13207"), "東京都", "昭島市", "Tokyo-to", "Akishima-shi", [new(OfficeCode.Parse("132070001"), "市役所本庁", "City hall")],
            [new(new DateOnly(2015, 10, 5), RuleSet.Akishima2018)]));
        var city = new InventedCity(plan, new PlainMint());
        await _host.Services.GetRequiredService<LedgerImport>().ImportAsync(city.Lengths().ToList(), city.Events(), cancellation: cancellation);
        await using var multiply = Source.CreateCommand(
            $"""
            delete from ledger.mt_events where seq_id > {Invented};
            insert into ledger.mt_streams (id, version) select left(id, 6) || n || right(id, 7), version
            from ledger.mt_streams cross join generate_series(1, {(events / Invented) - 1}) n;
            insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, "timestamp", tenant_id, mt_dotnet_type, causation_id, headers)
            select seq_id + n * {Invented}, gen_random_uuid(), left(stream_id, 6) || n || right(stream_id, 7), version, data, type, "timestamp", tenant_id, mt_dotnet_type, causation_id, headers
            from ledger.mt_events cross join generate_series(1, {(events / Invented) - 1}) n order by 1;
            """);
        await multiply.ExecuteNonQueryAsync(cancellation);
        await using var vacuum = Source.CreateCommand("vacuum analyze ledger.mt_events");
        await vacuum.ExecuteNonQueryAsync(cancellation);
        await Views.CaughtUpAsync(TimeSpan.FromMinutes(10), cancellation);
    }
}
