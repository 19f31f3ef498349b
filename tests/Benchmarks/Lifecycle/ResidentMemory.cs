using Jpki.Benchmarks.Commands;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Lifecycle;

/// <summary>What a resident takes who is in memory.</summary>
internal sealed class ResidentMemory : Measure
{
    private const int Callers = 256;
    private const int Residents = 10_000;
    private const double Kibi = 1024;

    private ICallers? _callers;

    public override string Name => "silo-memory-resident";

    public override string Unit => "KiB";

    public override string Note =>
        $"Growth of the managed heap after a full collection by {Residents:N0} more residents in memory, each with {Lives.Events} events, divided by them: "
        + "activation, state, ids of done commands, and Orleans' directory.";

    public override Bar Bar { get; } = new Bar.AtMost(3);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation) =>
        _callers = await Commands.Callers.AtAsync(Door.Grain, stage, Callers, cancellation);

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var left = Residents * Lives.Events;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await _callers!.Lives.NextAsync(caller, cancellation);
        }));
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / Kibi / Residents;
    }

    public override ValueTask DisposeAsync()
    {
        _callers?.Dispose();
        return base.DisposeAsync();
    }
}
