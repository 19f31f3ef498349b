using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Commands;

/// <summary>Whether a command costs more where a nation is stored than in a village.</summary>
internal sealed class CommandsBesideMany : Measure
{
    private const int Callers = 256;
    private const int Village = 1_000;
    private const int City = 1_000_000;
    private const int QuickCity = 100_000;
    private const int EventsEach = 5;
    private const double Microseconds = 1e6;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(15);

    private readonly List<HostedSilo> _silos = [];
    private Lives _inCity = null!;
    private Lives _inVillage = null!;

    public override string Name => "commands-million";

    public override string Unit => "µs/command";

    public override string Note =>
        $"{Callers} callers of the grains, new residents. Ours: beside {City:N0} stored residents ({QuickCity:N0} with --quick) of {EventsEach} events each. "
        + $"Baseline: beside {Village:N0}. A silo and a database each, one server.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(1.1);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _inVillage = await FilledAsync(stage, "village", Village, cancellation);
        _inCity = await FilledAsync(stage, "city", stage.IsQuick ? QuickCity : City, cancellation);
        await Pace.OfCallersAsync(Callers, Warming, _inVillage.NextAsync, cancellation);
        await Pace.OfCallersAsync(Callers, Warming, _inCity.NextAsync, cancellation);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => CostAsync(_inCity, round, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => await CostAsync(_inVillage, round, cancellation);

    public override async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await base.DisposeAsync();
    }

    private static async Task<double> CostAsync(Lives lives, Round round, CancellationToken cancellation) =>
        Microseconds / await Pace.OfCallersAsync(Callers, round.Length, lives.NextAsync, cancellation);

    private async Task<Lives> FilledAsync(Stage stage, string name, int residents, CancellationToken cancellation)
    {
        var silo = await HostedSilo.StartAsync(stage.Folder(name), await stage.DatabaseAsync(name, cancellation), cancellation);
        _silos.Add(silo);
        var callers = new GrainCallers(silo, Callers);
        await using var stored = await StoredLives.AtAsync(stage, name, callers.Lives, cancellation);
        await stored.AddAsync(residents, EventsEach, cancellation);
        return callers.Lives;
    }
}
