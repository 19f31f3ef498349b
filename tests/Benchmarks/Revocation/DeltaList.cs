using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Revocation;

/// <summary>The newest lists of the municipality, as they are handed out.</summary>
internal sealed class DeltaList(BenchSilo silo, X509Certificate2 issuer) : IDisposable
{
    private readonly HttpClient _line = new() { BaseAddress = silo.PublicAddress, Timeout = TimeSpan.FromMinutes(5) };

    public async Task<bool> HasAsync(SerialNumber serial, CancellationToken cancellation)
    {
        using var answer = await _line.GetAsync(AddressOf("delta.crl"), cancellation);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            return false; // The one after a full list is not made yet.
        answer.EnsureSuccessStatusCode();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteIntegerUnsigned(serial.ToOctets());
        // Sixteen random octets are nowhere else in it.
        return (await answer.Content.ReadAsByteArrayAsync(cancellation)).AsSpan().IndexOf(writer.Encode()) >= 0;
    }

    public Task<byte[]> FullAsync(CancellationToken cancellation) => _line.GetByteArrayAsync(AddressOf("crl"), cancellation);

    public void Dispose() => _line.Dispose();

    private Uri AddressOf(string ending)
    {
        var keyId = issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier!.ToLowerInvariant();
        return new($"crl/user-authentication/{keyId[..16]}/{BenchSilo.CityHall[..5]}.{ending}", UriKind.Relative);
    }
}
