using System.Globalization;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Commands;

/// <summary>Commands the API acknowledges, durable, beside bare rows committed one by one.</summary>
/// <param name="callers">Of the API, each with a connection of its own.</param>
/// <param name="connections">Of the bare table; more do not make PostgreSQL faster.</param>
internal sealed class CommandsAcknowledged(int callers, int connections) : Measure
{
    private Lives _lives = null!;
    private BareTable? _bare;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"commands-{callers}");

    public override string Unit => "commands/s";

    public override string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"Ours: {callers} callers of the HTTP API with tokens, lives of five events, each command answered after its event is durable. "
        + $"Baseline: {connections} Npgsql connections, INSERT and COMMIT of one row with the same data, no other work. Same server.");

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        var town = await stage.TownAsync(cancellation);
        _lives = new(town, callers);
        var first = town.NewResident();
        await town.RegisterAsync(first, cancellation);
        await town.MoveAsync(first, 1, cancellation);
        _bare = await BareTable.CreateAsync(await stage.DatabaseAsync("town", cancellation), connections, cancellation);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) =>
        Pace.OfCallersAsync(callers, round.Length, _lives.NextAsync, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await Pace.OfCallersAsync(connections, round.Length, (_, stop) => _bare!.InsertAsync(stop), cancellation);

    public override async ValueTask DisposeAsync()
    {
        if (_bare is not null)
            await _bare.DisposeAsync();
        await base.DisposeAsync();
    }
}
