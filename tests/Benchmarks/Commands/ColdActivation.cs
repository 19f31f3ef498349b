using System.Collections.Concurrent;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Commands;

/// <summary>A resident who is not in memory: read, folded, and a command done.</summary>
internal sealed class ColdActivation : Measure
{
    private const int Events = 20;

    // Of Lives.Commands; not where the stored lives ended.
    private const int AnotherMove = 2;

    // More than a single caller is known to do.
    private const int MostInASecond = 1_500;

    private readonly ConcurrentQueue<ResidentId> _cold = new();
    private StoredLives? _lives;
    private GrainCallers? _callers;
    private BareTable? _bare;
    private ResidentId _any;
    private HostedSilo _silo = null!;

    public override string Name => "cold-activation";

    public override string Unit => "ms";

    public override string Note =>
        $"One caller. Ours: one command of a resident with {Events} events who is not in memory: stream read and folded, decided, stored, answered. "
        + "Baseline: the same rows read by SQL, then INSERT and COMMIT of one row.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(2.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        using var warm = await Callers.AtAsync(Door.Grain, stage, 1, cancellation);
        _silo = await stage.HostedSiloAsync(cancellation);
        _callers = new GrainCallers(_silo, 1);
        _lives = await StoredLives.AtAsync(stage, Stage.HostedDatabase, warm.Lives, cancellation);
        var seconds = stage.IsQuick ? 4 : 30;
        foreach (var each in await _lives.AddAsync(seconds * MostInASecond, Events, cancellation))
            _cold.Enqueue(each);
        _any = _cold.First();
        _bare = await BareTable.CreateAsync(await stage.DatabaseAsync(Stage.HostedDatabase, cancellation), connections: 1, cancellation);
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation) => Milliseconds(await Pace.OfCallersAsync(
        1, round.Length, async (_, stop) => await _callers!.SendAsync(0, new(Next(), AnotherMove, Guid.CreateVersion7()), stop), cancellation));

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => Milliseconds(await Pace.OfCallersAsync(
        1, round.Length, async (_, stop) =>
        {
            await _lives!.ReadAsync(_any, stop);
            await _bare!.InsertAsync(stop);
        }, cancellation));

    public override async ValueTask DisposeAsync()
    {
        if (_lives is not null)
            await _lives.DisposeAsync();
        if (_bare is not null)
            await _bare.DisposeAsync();
        await base.DisposeAsync();
    }

    private static double Milliseconds(double aSecond) => 1000 / aSecond;

    private ResidentId Next() => _cold.TryDequeue(out var next) ? next : throw new InvalidOperationException($"More than {MostInASecond} a second: store more.");
}
