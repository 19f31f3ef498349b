using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Npgsql;

namespace Jpki.Benchmarks.Counting;

/// <summary>How long after a command was answered it stands in the statistics, while others command on.</summary>
internal sealed class StatisticsLag : Measure
{
    private const int Callers = 64;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    private Town _town = null!;
    private HttpClient? _line;
    private NpgsqlDataSource? _source;

    public override string Name => "statistics-lag-p99";

    public override string Unit => "s";

    public override string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"From the answer to register-resident (durable) to the first status of the statistics that has folded it and all before it, asked every few milliseconds over HTTP, "
        + $"while {Callers} callers register residents; the 99th percentile of a round's samples, one after the other.");

    public override Bar Bar { get; } = new Bar.AtMost(1);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _town = await stage.TownAsync(cancellation);
        _line = (await stage.SiloAsync(cancellation)).Line("statistics", 1);
        _source = NpgsqlDataSource.Create(await stage.DatabaseAsync("town", cancellation));
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        var load = Pace.OfCallersAsync(Callers, round.Length, (_, stop) => _town.RegisterAsync(_town.NewResident(), stop), cancellation);
        var seconds = new List<double>();
        while (!load.IsCompleted)
            seconds.Add(await SampleAsync(cancellation));
        await load;
        return Statistics.Percentile(seconds, 0.99);
    }

    public override ValueTask DisposeAsync()
    {
        _line?.Dispose();
        _source?.Dispose();
        return base.DisposeAsync();
    }

    private async Task<double> SampleAsync(CancellationToken cancellation)
    {
        await _town.RegisterAsync(_town.NewResident(), cancellation);
        await using var newest = _source!.CreateCommand("select max(seq_id) from ledger.mt_events");
        var sequence = (long)(await newest.ExecuteScalarAsync(cancellation))!;
        var clock = Stopwatch.StartNew();
        while (await FoldedAsync(cancellation) < sequence)
            await Task.Delay(_pause, cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    private async Task<long> FoldedAsync(CancellationToken cancellation) =>
        (await _line!.GetFromJsonAsync<JsonObject>(new Uri("statistics/status", UriKind.Relative), cancellation))!["sequence"]!.GetValue<long>();
}
