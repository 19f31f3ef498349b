using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;

namespace Jpki.Counter.Gateway.Tests.Support;

/// <summary>An authority of a few lines, and the steps of an issuance as a procedure at the counter takes them.</summary>
internal sealed class TestIssuer : IDisposable
{
    private static readonly DateTimeOffset NotBefore = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _certificate;
    private byte _serial;

    public TestIssuer()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        _certificate = request.CreateSelfSigned(NotBefore, NotBefore.AddYears(10));
    }

    public byte[] Certificate => _certificate.RawData;

    /// <summary>Checks the proof of possession and signs, as an authority does.</summary>
    public byte[] Sign(byte[] certificationRequest)
    {
        var request = CertificateRequest.LoadSigningRequest(
            certificationRequest, HashAlgorithmName.SHA256, signerSignaturePadding: RSASignaturePadding.Pkcs1);
        return request.Create(_certificate, NotBefore, NotBefore.AddYears(5), [++_serial]).RawData;
    }

    /// <summary>
    /// A whole issuance at card level: PIN, key, proof, certificate, activation. The session's JPKI application gets selected.
    /// </summary>
    public Task<CardResult<byte[]>> IssueAsync(
        CardSession session, ITerminal terminal, JpkiSlot slot, Pin pin, CancellationToken cancellationToken) =>
        session.SelectJpkiAsync(cancellationToken)
            .Then(jpki => jpki.AuthenticateTerminalAsync(terminal, cancellationToken)
                .Then(issuer => jpki.Pin(slot).SetAsync(pin, cancellationToken)
                    .Then(_ => issuer.GenerateKeyPairAsync(slot, cancellationToken))
                    .Then(publicKey => jpki.Pin(slot).VerifyAsync(pin, cancellationToken)
                        .Then(_ => CertificationRequest.CreateAsync(issuer, slot, publicKey, "pending", cancellationToken)))
                    .Select(Sign)
                    .Then(certificate => issuer.WriteCertificateAsync(slot, certificate, cancellationToken)
                        .Then(_ => issuer.WriteAuthorityCertificateAsync(slot, Certificate, cancellationToken))
                        .Then(_ => issuer.ActivateAsync(slot, cancellationToken))
                        .Select(_ => certificate))));

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
    }
}
