using System.Diagnostics;
using Jpki.Benchmarks.Commands;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Npgsql;

namespace Jpki.Benchmarks.Audit;

/// <summary>What it costs commands that five thousand events a second become leaves beside them.</summary>
internal sealed class LeavesBeside : Measure
{
    private const int Callers = 256;
    private const int LeavesEachSecond = 5_000;
    private const int EventsEach = 5;

    // Whoever makes leaves looks five times a second, twice where numbers are missing.
    private static readonly TimeSpan _lag = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);

    private ICallers? _callers;
    private StoredLives? _lives;

    public override string Name => "leaves-5000";

    public override string Unit => "commands/s";

    public override string Note =>
        $"{Callers} callers of the grains. Ours: while {LeavesEachSecond:N0} events for each second of the round, stored before and held back by an open number of the "
        + "sequence, become leaves, too; a round in which they are not all leaves half a second after its end fails. Baseline: without them. Both sides' own events become leaves.";

    public override Bar Bar { get; } = new Bar.RatioAtLeast(0.9);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _callers = await Commands.Callers.AtAsync(Door.Grain, stage, Callers, cancellation);
        _lives = await StoredLives.AtAsync(stage, Stage.HostedDatabase, _callers.Lives, cancellation);
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        await using var holding = await _lives!.Source.OpenConnectionAsync(cancellation);
        await using var held = await holding.BeginTransactionAsync(cancellation);
        await AskAsync(new NpgsqlCommand("select nextval('ledger.mt_events_sequence')", holding), cancellation);
        await _lives.AddAsync((int)(LeavesEachSecond * round.Length.TotalSeconds) / EventsEach, EventsEach, cancellation);
        var last = await AskAsync(_lives.Source.CreateCommand("select max(seq_id) from ledger.mt_events"), cancellation);

        await held.RollbackAsync(cancellation);
        var leaves = UntilLeavesAsync(last, cancellation);
        var commands = await CommandsAsync(round, cancellation);
        return await leaves <= round.Length + _lag
            ? commands
            : throw new InvalidOperationException($"The leaves took {(await leaves).TotalSeconds:0.0} s in place of {round.Length.TotalSeconds:0.0}.");
    }

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => await CommandsAsync(round, cancellation);

    public override async ValueTask DisposeAsync()
    {
        _callers?.Dispose();
        if (_lives is not null)
            await _lives.DisposeAsync();
        await base.DisposeAsync();
    }

    private static async Task<long> AskAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private Task<double> CommandsAsync(Round round, CancellationToken cancellation) =>
        Pace.OfCallersAsync(Callers, round.Length, _callers!.Lives.NextAsync, cancellation);

    private async Task<TimeSpan> UntilLeavesAsync(long last, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        while (await AskAsync(_lives!.Source.CreateCommand("select sequence from ledger.audit_tail where name = 'leaves'"), cancellation) < last)
            await Task.Delay(_pause, cancellation);
        return clock.Elapsed;
    }
}
