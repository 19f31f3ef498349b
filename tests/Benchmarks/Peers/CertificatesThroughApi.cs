using System.Collections.Concurrent;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Benchmarks.Peers;

/// <summary>Issuing over HTTP with everything stored, beside cfssl doing the same.</summary>
internal sealed class CertificatesThroughApi : Measure
{
    private const int Callers = 32;

    // More than the product is known to issue, so that a round never runs dry.
    private const int MostInASecond = 1500;

    private readonly ConcurrentQueue<(ResidentId Resident, RequestCertificate Request)> _prepared = new();
    private Town _town = null!;
    private Cfssl? _cfssl;

    public override string Name => "issuing-beside-cfssl";

    public override string Unit => "certificates/s";

    public override string Note =>
        "Both: 32 callers, PKCS#10 in, RSA-2048, certificate in the answer, committed to the same PostgreSQL server. Ours: the command of a clerk "
        + "with a token and an application: proof of possession, rules, order recorded and committed, signed and checked, issue recorded and "
        + "committed. cfssl serve: request's signature, signed, one row committed; no caller's identity, no rules, no check of what was signed.";

    public override Bar Bar { get; } = new Bar.RatioAtLeast(1);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _town = await stage.TownAsync(cancellation);
        _cfssl = await Cfssl.ServeAsync(stage, Callers, cancellation);
        await _cfssl.SignAsync(cancellation);
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        await ApplyAsync((int)(MostInASecond * round.Length.TotalSeconds), cancellation);
        return await Pace.OfCallersAsync(Callers, round.Length, IssueAsync, cancellation);
    }

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await Pace.OfCallersAsync(Callers, round.Length, (_, stop) => _cfssl!.SignAsync(stop), cancellation);

    public override async ValueTask DisposeAsync()
    {
        if (_cfssl is not null)
            await _cfssl.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task IssueAsync(int caller, CancellationToken cancellation)
    {
        if (!_prepared.TryDequeue(out var next))
            throw new InvalidOperationException($"More than {MostInASecond} certificates a second: prepare more.");
        await _town.IssueAsync(next.Resident, next.Request, cancellation);
    }

    private async Task ApplyAsync(int count, CancellationToken cancellation)
    {
        var missing = Math.Max(0, count - _prepared.Count);
        await Parallel.ForAsync(0, missing, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellation }, async (_, stop) =>
        {
            var resident = _town.NewResident();
            _prepared.Enqueue((resident, await _town.ApplyAsync(resident, stop)));
        });
    }
}
