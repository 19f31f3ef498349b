using System.Diagnostics;
using Jpki.Audit.Verification;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Pki.Notes;

namespace Jpki.Benchmarks.Audit;

/// <summary>A whole export verified and replayed beside the database's own copying-out of the same rows.</summary>
internal sealed class VerifiedReplay : Measure
{
    private const string Copy =
        """
        copy (select seq_id, stream_id, version, type, id, "timestamp", causation_id, headers, data
              from ledger.mt_events where starts_with(stream_id, '13207-') order by seq_id) to stdout
        """;

    private AuditedTown _town = null!;

    public override string Name => "verified-replay";

    public override string Unit => "events/s";

    public override string Note =>
        "Ours: an export file read, parsed, each leaf hashed, the tree and its signed checkpoints verified, every resident folded by the domain. "
        + "Baseline: PostgreSQL's COPY … TO STDOUT of the same rows in the same order by psql, thrown away.";

    public override Bar Bar { get; } = new Bar.RatioAtLeast(0.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation) => _town = await stage.AuditedAsync(cancellation);

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        await using var export = new FileStream(_town.Export, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        var clock = Stopwatch.StartNew();
        var report = await new ExportVerifier(new(_town.Signer.Key), Ed25519Judge.Instance).VerifyAsync(export, null, cancellation);
        return report.IsGood && report.ProvenSize == _town.Events
            ? report.Events / clock.Elapsed.TotalSeconds
            : throw new InvalidOperationException($"The export is not good: {string.Join(" ", report.Findings.Select(each => each.English))}");
    }

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await Tool.RunAsync("psql", ["-X", "-q", "-o", "/dev/null", "-d", _town.Conninfo, "-c", Copy], cancellation);
        return _town.Events / clock.Elapsed.TotalSeconds;
    }
}
