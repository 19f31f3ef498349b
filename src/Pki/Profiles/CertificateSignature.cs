using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>署名の検証: a certificate's signature under its issuer's key, with .NET alone.</summary>
internal static class CertificateSignature
{
    /// <exception cref="CryptographicException">The issuer's key is not one.</exception>
    /// <exception cref="AsnContentException">The certificate is not DER.</exception>
    public static bool IsBy(ReadOnlyMemory<byte> certificate, IssuerFacts issuer)
    {
        var parts = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
        var signed = parts.ReadEncodedValue();
        parts.ReadEncodedValue();
        var signature = parts.ReadBitString(out var unusedBits);
        return unusedBits == 0 && issuer.Algorithm switch
        {
            KeyAlgorithm.Rsa2048Sha256 => Rsa(signed.Span, signature, issuer.PublicKey),
            KeyAlgorithm.EcdsaP384Sha384 => Ecdsa(signed.Span, signature, issuer.PublicKey),
            _ => throw new InvalidOperationException($"No signature algorithm for {issuer.Algorithm}."),
        };
    }

    private static bool Rsa(ReadOnlySpan<byte> signed, byte[] signature, byte[] publicKey)
    {
        using var key = RSA.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static bool Ecdsa(ReadOnlySpan<byte> signed, byte[] signature, byte[] publicKey)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
    }
}
