using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Jpki.Pki.Profiles;

/// <summary>署名の検証: a certificate's signature under its issuer's key, with .NET alone.</summary>
internal static class CertificateSignature
{
    /// <summary>For a key that is met once.</summary>
    /// <exception cref="CryptographicException">The issuer's key is not one.</exception>
    /// <exception cref="AsnContentException">The certificate is not DER.</exception>
    public static bool IsBy(ReadOnlyMemory<byte> certificate, IssuerFacts issuer) => IsBy(certificate, new VerificationKey(issuer));

    /// <exception cref="AsnContentException">The certificate is not DER.</exception>
    public static bool IsBy(ReadOnlyMemory<byte> certificate, VerificationKey issuer)
    {
        var parts = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        var signed = parts.ReadEncodedValue();
        parts.ReadEncodedValue();
        var signature = parts.ReadBitString(out var unusedBits);
        return unusedBits == 0 && issuer.Verifies(signed.Span, signature);
    }
}
