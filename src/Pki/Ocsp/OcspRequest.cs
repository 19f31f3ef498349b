using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Pki.Ocsp;

/// <summary>What became of the octets of a request.</summary>
public abstract record OcspRequestResult;

/// <param name="Why">Which part is wrong, for a log; nothing of the content.</param>
public sealed record OcspRequestMalformed(string Why) : OcspRequestResult;

/// <summary>証明書有効性確認要求 (RFC 6960 4.1).</summary>
/// <param name="Certificates">1–20, in the order in which they were asked.</param>
/// <param name="Nonce">1–128 octets (RFC 9654 2.1); none when the client takes an answer that was made before.</param>
public sealed record OcspRequest(IReadOnlyList<OcspCertificateId> Certificates, Octets? Nonce) : OcspRequestResult;

/// <summary>CertID (RFC 6960 4.1.1): a certificate named by hashes of its issuer's name and key, and its serial number.</summary>
public sealed class OcspCertificateId
{
    internal OcspCertificateId(ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> issuer, ReadOnlySpan<byte> serial)
    {
        Encoded = encoded;
        Issuer = issuer;
        Serial = SerialNumber.TryParse(Convert.ToHexStringLower(serial), null, out var parsed) ? parsed : null;
    }

    /// <summary>The whole CertID in DER, as the answer repeats it.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    /// <summary>None when no authority here could have given it: not positive, or longer than 20 octets.</summary>
    public SerialNumber? Serial { get; }

    /// <summary>Hash algorithm, name hash and key hash in DER, one after the other: all that says whose certificate is meant.</summary>
    internal ReadOnlyMemory<byte> Issuer { get; }
}
