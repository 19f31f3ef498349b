using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Audit;

/// <summary>The auditor's tool on the whole export and on its first tenth: what it takes must not follow the number of events.</summary>
internal sealed class VerificationMemory : Measure
{
    private const double Mebi = 1024 * 1024;

    private AuditedTown _town = null!;

    public override string Name => "verification-memory";

    public override string Unit => "MiB";

    public override string Note =>
        "Ours: the greatest resident memory (VmHWM) of jpki audit verify --no-register over the whole export. Baseline: the same over its first tenth.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(1.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation) => _town = await stage.AuditedAsync(cancellation);

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => PeakAsync(_town.Export, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => await PeakAsync(_town.Start, cancellation);

    private async Task<double> PeakAsync(string export, CancellationToken cancellation)
    {
        await using var tool = ChildProcess.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "jpki.dll"), "audit", "verify", export, "--no-register", "--key", _town.Signer.Key.ToString()]);
        return await tool.PeakUntilItEndsAsync(cancellation) / Mebi;
    }
}
