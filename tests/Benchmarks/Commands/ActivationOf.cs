using System.Collections.Concurrent;
using System.Globalization;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Benchmarks.Commands;

/// <summary>What it costs to bring a resident into memory, by the length of the life: whether snapshots would pay.</summary>
internal sealed class ActivationOf(int events) : Measure
{
    private const int Lives = 20;
    private const int MostRounds = 7;

    private readonly ConcurrentQueue<ResidentId> _cold = new();
    private StoredLives? _lives;
    private HostedSilo _silo = null!;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"activation-{events}");

    public override string Unit => "ms";

    public override string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"One caller, mean of {Lives}. Ours: a look at a resident with {events} events who is not in memory. Baseline: the same rows read by SQL.");

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        using var warm = await Callers.AtAsync(Door.Grain, stage, 1, cancellation);
        _silo = await stage.HostedSiloAsync(cancellation);
        _lives = await StoredLives.AtAsync(stage, Stage.HostedDatabase, warm.Lives, cancellation);
        foreach (var each in await _lives.AddAsync(Lives * 2 * MostRounds, events, cancellation))
            _cold.Enqueue(each);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => MeanAsync(async resident =>
    {
        if (await _silo.Grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Look(false)) is not ResidentAnswer.Seen { View: not null })
            throw new InvalidOperationException("A stored life was not found.");
    });

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await MeanAsync(resident => _lives!.ReadAsync(resident, cancellation));

    public override async ValueTask DisposeAsync()
    {
        if (_lives is not null)
            await _lives.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task<double> MeanAsync(Func<ResidentId, Task> once)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var n = 0; n < Lives; n++)
            await once(_cold.TryDequeue(out var next) ? next : throw new InvalidOperationException("More rounds than lives."));
        return System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds / Lives;
    }
}
