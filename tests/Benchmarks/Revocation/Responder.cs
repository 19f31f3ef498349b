using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Revocation;

/// <summary>The silo's OCSP responder as relying parties see it.</summary>
internal sealed class Responder : IDisposable
{
    private readonly HttpClient _line;

    private Responder(HttpClient line, X509Certificate2 issuer) => (_line, Issuer) = (line, issuer);

    /// <summary>The authority for user authentication.</summary>
    public X509Certificate2 Issuer { get; }

    public static async Task<Responder> FindAsync(BenchSilo silo, CancellationToken cancellation)
    {
        var line = new HttpClient { BaseAddress = silo.PublicAddress };
        var issuer = await line.GetByteArrayAsync(new Uri("ca/user-authentication.cer", UriKind.Relative), cancellation);
        return new(line, X509CertificateLoader.LoadCertificate(issuer));
    }

    /// <summary>Where an answer without a nonce is fetched (RFC 6960 A.1).</summary>
    public Uri AddressOf(SerialNumber serial) =>
        new(_line.BaseAddress!, "ocsp/" + Uri.EscapeDataString(Convert.ToBase64String(OcspRequests.For(Issuer, serial))));

    /// <summary>Asks without a nonce.</summary>
    /// <exception cref="NotAvailableException">This silo has no responder.</exception>
    public async Task<bool> SaysRevokedAsync(SerialNumber serial, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(OcspRequests.For(Issuer, serial));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        using var answer = await _line.PostAsync(new Uri("ocsp", UriKind.Relative), content, cancellation);
        if (!answer.IsSuccessStatusCode)
            throw new NotAvailableException($"The silo's responder answered {(int)answer.StatusCode}.");
        return OcspRequests.SaysRevoked(await answer.Content.ReadAsByteArrayAsync(cancellation));
    }

    public void Dispose()
    {
        _line.Dispose();
        Issuer.Dispose();
    }
}
