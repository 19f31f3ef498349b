using System.Security.Cryptography;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Revocation;

/// <summary>Answers with the asker's nonce, which no cache can have, beside the bare signatures they need.</summary>
internal sealed class OcspOnDemand : Measure
{
    private const int NonceOctets = 32;

    // A basic response for one certificate, without the responder's certificate.
    private const int SignedOctets = 300;

    private readonly RSA[] _keys = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => RSA.Create(2048))];
    private Uri _responder = null!;
    private byte[] _request = [];
    private string _folder = "";

    public override string Name => "ocsp-post-nonce";

    public override string Unit => "answers/s";

    public override string Note =>
        "Ours: wrk, 64 connections, POST with a nonce, each answer signed with RSA-2048 when it is asked for; wrk has its part of the same cores. "
        + "Baseline: .NET's RSA-2048 signatures of data of that size, a thread a core and nothing else.";

    public override Bar Bar { get; } = new Bar.RatioAtLeast(0.7);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        var silo = await stage.SiloAsync(cancellation);
        using var responder = await Responder.FindAsync(silo, cancellation);
        var certificate = await (await stage.TownAsync(cancellation)).NewCertificateAsync(cancellation);
        await responder.SaysRevokedAsync(certificate.Serial, cancellation);
        _request = OcspRequests.For(responder.Issuer, certificate.Serial, RandomNumberGenerator.GetBytes(NonceOctets));
        _responder = new Uri(silo.PublicAddress, "ocsp");
        _folder = stage.Folder(Name);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) =>
        Wrk.PostAsync(_responder, _request, "application/ocsp-request", _folder, round.Length, cancellation);

    public override Task<double?> BaselineAsync(Round round, CancellationToken cancellation)
    {
        var data = new byte[SignedOctets];
        var next = -1;
        var mine = new ThreadLocal<RSA>(() => _keys[Interlocked.Increment(ref next)]);
        return Task.FromResult<double?>(Pace.OfThreads(
            _keys.Length, round.Length, _ => mine.Value!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)));
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var key in _keys)
            key.Dispose();
        return base.DisposeAsync();
    }
}
