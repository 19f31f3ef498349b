using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Lifecycle;

/// <summary>What a silo takes that has nothing to do.</summary>
internal sealed class SiloMemory : Measure
{
    private const double Mebi = 1024 * 1024;

    private string _program = "";
    private Stage _stage = null!;

    public override string Name => "silo-memory-idle";

    public override string Unit => "MiB";

    public override string Note => "Resident memory of the published silo (proc(5), VmRSS) a while after its start, without a caller.";

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation) =>
        (_stage, _program) = (stage, await PublishedSilo.ProgramAsync(stage, cancellation));

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        await using var silo = await BenchSilo.StartAsync(
            _stage.Folder("starting"), await _stage.DatabaseAsync("starting", cancellation), cancellation, _program);
        await Task.Delay(round.Length, cancellation);
        return silo.Memory / Mebi;
    }
}
