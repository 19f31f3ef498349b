using System.Globalization;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Commands;

/// <summary>Commands acknowledged, durable, beside bare rows committed one by one.</summary>
/// <param name="callers">Each with a connection of its own where there are any.</param>
/// <param name="connections">Of the bare table; more do not make PostgreSQL faster.</param>
/// <param name="bar">Ours against the baseline.</param>
internal sealed class CommandsAcknowledged(Door door, int callers, int connections, double bar) : Measure
{
    private ICallers? _callers;
    private BareTable? _bare;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"commands-{(door == Door.Grain ? "grain-" : "")}{callers}");

    public override string Unit => "commands/s";

    public override string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"Ours: {callers} {Who}, lives of five events (a new resident with every fifth command), each command answered after its event is durable. "
        + $"Baseline: {connections} Npgsql connections, INSERT and COMMIT of one row with the same data, no other work. Same server.");

    public override Bar Bar { get; } = new Bar.RatioAtLeast(bar);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _callers = await Callers.AtAsync(door, stage, callers, cancellation);
        _bare = await BareTable.CreateAsync(await stage.DatabaseAsync(Callers.DatabaseOf(door), cancellation), connections, cancellation);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) =>
        Pace.OfCallersAsync(callers, round.Length, _callers!.Lives.NextAsync, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await Pace.OfCallersAsync(connections, round.Length, (_, stop) => _bare!.InsertAsync(stop), cancellation);

    public override async ValueTask DisposeAsync()
    {
        _callers?.Dispose();
        if (_bare is not null)
            await _bare.DisposeAsync();
        await base.DisposeAsync();
    }

    private string Who => door switch
    {
        Door.Api => "callers of the HTTP API in another process, with tokens",
        _ => "callers of the residents' grains, within the silo",
    };
}
