using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Revocation;

/// <summary>The most memory the silo ever had, after all measures before this one, the longest list among them.</summary>
internal sealed class ListMemory : Measure
{
    private const double Mebi = 1024 * 1024;

    private BenchSilo _silo = null!;

    public override string Name => "list-peak-memory";

    public override string Unit => "MiB";

    public override string Note => "The silo's greatest resident memory so far (VmHWM), everything taken before this included.";

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation) => _silo = await stage.SiloAsync(cancellation);

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => Task.FromResult(_silo.PeakMemory / Mebi);
}
