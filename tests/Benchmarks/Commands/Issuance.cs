using System.Security.Cryptography;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Peers;
using Jpki.Benchmarks.Stages;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Jpki.Benchmarks.Commands;

/// <summary>Certificates issued with all that the law and the ledger want, beside the signature alone, or beside a general authority.</summary>
internal sealed class Issuance(bool besidePeer) : Measure
{
    private const int Callers = 256;
    private const int CallersOfPeer = 32;

    // More than two cores are known to issue.
    private const int MostInASecond = 2_000;
    private const int Warming = 2_000;
    private const int SignedOctets = 1_100;

    private readonly byte[] _data = RandomNumberGenerator.GetBytes(SignedOctets);
    private Applicants _applicants = null!;
    private Authority _authority = null!;
    private Cfssl? _cfssl;

    public override string Name => besidePeer ? "issuance-256-beside-cfssl" : "issuance-256";

    public override string Unit => "certificates/s";

    public override string Note =>
        $"Ours: {Callers} callers of the grains: proof of possession, rules, order committed, RSA-2048 signature, profile check, certificate committed. "
        + (besidePeer
            ? $"Baseline: cfssl serve over its HTTP API, {CallersOfPeer} callers: signed, one row committed to the same server."
            : "Baseline: ISigningKey.Sign of the same authority on as many octets, a thread a core, in the same process.");

    public override Bar Bar { get; } = new Bar.RatioAtLeast(besidePeer ? 3 : 0.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        using var warm = await Commands.Callers.AtAsync(Door.Grain, stage, Callers, cancellation);
        var silo = await stage.HostedSiloAsync(cancellation);
        _applicants = new Applicants(silo);
        _authority = silo.Services.GetRequiredService<Authorities>().For(CertificateKind.UserAuthentication, silo.Services.GetRequiredService<Grains.ICivilClock>().Now);
        await _applicants.PrepareAsync(Warming, Callers, cancellation);
        await Parallel.ForAsync(0, Warming, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = cancellation }, async (_, _) =>
            await _applicants.IssueAsync());
        if (!besidePeer)
            return;
        _cfssl = await Cfssl.ServeAsync(stage, CallersOfPeer, cancellation);
        await _cfssl.SignAsync(cancellation);
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        await _applicants.PrepareAsync((int)(MostInASecond * round.Length.TotalSeconds), Callers, cancellation);
        return await Pace.OfCallersAsync(Callers, round.Length, (_, _) => _applicants.IssueAsync(), cancellation);
    }

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => besidePeer
        ? await Pace.OfCallersAsync(CallersOfPeer, round.Length, (_, stop) => _cfssl!.SignAsync(stop), cancellation)
        : Pace.OfThreads(Environment.ProcessorCount, round.Length, _ => _authority.Key.Sign(_data));

    public override async ValueTask DisposeAsync()
    {
        if (_cfssl is not null)
            await _cfssl.DisposeAsync();
        await base.DisposeAsync();
    }
}
