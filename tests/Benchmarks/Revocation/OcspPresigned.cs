using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Revocation;

/// <summary>What answering from the cache of signed answers leaves of the server's own speed.</summary>
internal sealed class OcspPresigned : Measure
{
    private Uri _asked = null!;
    private Uri _empty = null!;

    public override string Name => "ocsp-get-presigned";

    public override string Unit => "answers/s";

    public override string Note =>
        "Ours: wrk, 64 connections, GET of one certificate's answer, signed before. Baseline: the same with an address on the same listener "
        + "that nothing is mapped to (404, no body).";

    public override Bar Bar { get; } = new Bar.RatioAtLeast(0.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        var silo = await stage.SiloAsync(cancellation);
        using var responder = await Responder.FindAsync(silo, cancellation);
        var serial = await (await stage.TownAsync(cancellation)).NewCertificateAsync(cancellation);
        await responder.SaysRevokedAsync(serial.Serial, cancellation);
        _asked = responder.AddressOf(serial.Serial);
        _empty = new Uri(silo.PublicAddress, "nothing");
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => Wrk.GetAsync(_asked, round.Length, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await Wrk.GetAsync(_empty, round.Length, cancellation);
}
