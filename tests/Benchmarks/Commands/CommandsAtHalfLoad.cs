using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Commands;

/// <summary>How long a command takes when half as many come as could be done.</summary>
internal sealed class CommandsAtHalfLoad : Measure
{
    private const int Callers = 256;
    private const int Connections = 32;
    private const double Share = 0.99;
    private static readonly TimeSpan Sounding = TimeSpan.FromSeconds(5);

    private ICallers? _callers;
    private BareTable? _bare;
    private double _ours;
    private double _baseline;

    public override string Name => "commands-p99-half-load";

    public override string Unit => "ms";

    public override string Note =>
        $"p99 from a command's arrival to its answer over the HTTP API, arriving evenly at half the rate that {Callers} callers reached just before. "
        + $"Baseline: bare INSERT and COMMIT at half the rate of {Connections} connections.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(3);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _callers = await Commands.Callers.AtAsync(Door.Api, stage, Callers, cancellation);
        _bare = await BareTable.CreateAsync(await stage.DatabaseAsync(Stage.TownDatabase, cancellation), Connections, cancellation);
        _ours = await Pace.OfCallersAsync(Callers, Sounding, _callers.Lives.NextAsync, cancellation) / 2;
        _baseline = await Pace.OfCallersAsync(Connections, Sounding, (_, stop) => _bare.InsertAsync(stop), cancellation) / 2;
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation) => Statistics.Percentile(
        [.. await Arrivals.LatenciesAsync(_ours, round.Length, Callers, _callers!.Lives.NextAsync, cancellation)], Share);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => Statistics.Percentile(
        [.. await Arrivals.LatenciesAsync(_baseline, round.Length, Connections, (_, stop) => _bare!.InsertAsync(stop), cancellation)], Share);

    public override async ValueTask DisposeAsync()
    {
        _callers?.Dispose();
        if (_bare is not null)
            await _bare.DisposeAsync();
        await base.DisposeAsync();
    }
}
