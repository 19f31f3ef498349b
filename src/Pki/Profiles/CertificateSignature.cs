using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>署名の検証: a certificate's signature under another's key, with .NET alone.</summary>
internal static class CertificateSignature
{
    /// <exception cref="CryptographicException">One of the two is not a certificate.</exception>
    /// <exception cref="AsnContentException">One of the two is not DER.</exception>
    public static bool IsBy(ReadOnlyMemory<byte> certificate, ReadOnlySpan<byte> issuerCertificate, out KeyAlgorithm algorithm)
    {
        var parts = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        var signed = parts.ReadEncodedValue();
        parts.ReadEncodedValue();
        var signature = parts.ReadBitString(out var unusedBits);
        using var issuer = X509CertificateLoader.LoadCertificate(issuerCertificate);
        using var rsa = issuer.GetRSAPublicKey();
        using var ecdsa = issuer.GetECDsaPublicKey();
        algorithm = rsa is null ? KeyAlgorithm.EcdsaP384Sha384 : KeyAlgorithm.Rsa2048Sha256;
        return unusedBits == 0 && (
            rsa?.VerifyData(signed.Span, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? ecdsa?.VerifyData(signed.Span, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence)
            ?? false);
    }

    /// <returns>DER SubjectPublicKeyInfo.</returns>
    /// <exception cref="CryptographicException">Not a certificate.</exception>
    public static Octets PublicKeyOf(ReadOnlySpan<byte> certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        return Octets.From(parsed.PublicKey.ExportSubjectPublicKeyInfo());
    }
}
