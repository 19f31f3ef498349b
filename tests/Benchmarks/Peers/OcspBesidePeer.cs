using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Revocation;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Peers;

/// <summary>Our responder beside a peer that works the same way: answers signed before, or signed when asked.</summary>
internal sealed class OcspBesidePeer(bool presigned) : Measure
{
    private const string RequestType = "application/ocsp-request";

    private Uri _ours = null!;
    private byte[] _request = [];
    private PeerResponder? _peer;
    private string _folder = "";

    public override string Name => presigned ? "ocsp-beside-cfssl" : "ocsp-beside-openssl";

    public override string Unit => "answers/s";

    public override string Note => "Both: POST, one good certificate. " + (presigned
        ? "wrk, 64 connections. Ours: no nonce, the answer signed before. cfssl ocspserve: its answer signed before and read from a file; it knows of no revocation after it."
        : "4 callers, a new connection for each answer, because openssl ocsp keeps none. Ours: with a nonce, signed with RSA-2048 when asked. openssl ocsp: one process, no nonce, signed with RSA-2048 when asked, "
            + "its one certificate in a text file.");

    public override Bar Bar { get; } = new Bar.RatioAtLeast(1);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        var silo = await stage.SiloAsync(cancellation);
        using var responder = await Responder.FindAsync(silo, cancellation);
        var certificate = await (await stage.TownAsync(cancellation)).NewCertificateAsync(cancellation);
        await responder.SaysRevokedAsync(certificate.Serial, cancellation);
        _request = OcspRequests.For(responder.Issuer, certificate.Serial, presigned ? null : new byte[32]);
        _ours = new Uri(silo.PublicAddress, "ocsp");
        _peer = presigned ? await PeerResponder.CfsslAsync(stage, cancellation) : await PeerResponder.OpenSslAsync(stage, cancellation);
        _folder = stage.Folder(Name);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) =>
        AskAsync(_ours, _request, round, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await AskAsync(_peer!.Address, _peer.Request, round, cancellation);

    private Task<double> AskAsync(Uri address, byte[] request, Round round, CancellationToken cancellation) => presigned
        ? Wrk.PostAsync(address, request, RequestType, _folder, round.Length, cancellation)
        : Asker.PostAsync(address, request, RequestType, round.Length, cancellation);

    public override async ValueTask DisposeAsync()
    {
        if (_peer is not null)
            await _peer.DisposeAsync();
        await base.DisposeAsync();
    }
}
