using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>What is read from an issuer's certificate to judge those below it. Reading costs more than the judging: it is kept.</summary>
/// <param name="Subject">DER Name.</param>
/// <param name="Issuer">DER Name of the issuer's own issuer.</param>
/// <param name="Serial">Big-endian.</param>
/// <param name="KeyId">RFC 5280 4.2.1.2 method 1.</param>
internal sealed record IssuerFacts(byte[] Subject, byte[] Issuer, byte[] Serial, byte[] PublicKey, byte[] KeyId, KeyAlgorithm Algorithm)
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <exception cref="CryptographicException">Not a certificate.</exception>
    public static IssuerFacts Of(ReadOnlySpan<byte> certificate)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        var publicKey = parsed.PublicKey.ExportSubjectPublicKeyInfo();
        return new(
            parsed.SubjectName.RawData,
            parsed.IssuerName.RawData,
            parsed.SerialNumberBytes.ToArray(),
            publicKey,
            Authority.KeyIdentifier(publicKey),
            parsed.PublicKey.Oid.Value == RsaEncryption ? KeyAlgorithm.Rsa2048Sha256 : KeyAlgorithm.EcdsaP384Sha384);
    }
}
