using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Orders;
using Jpki.Pki.Profiles;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Jpki.Pki.Ocsp;

/// <summary>
/// レスポンダ証明書の発行: written with BouncyCastle, checked by <see cref="ResponderLint"/> before it is used.
/// </summary>
internal static class ResponderCertificates
{
    /// <summary>
    /// It carries id-pkix-ocsp-nocheck, so nobody asks whether it was revoked: a stolen key is worth as long as this.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Clients' clocks run behind; the first answers are for them too.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromHours(1);

    /// <exception cref="CryptographicException">What came out is not what the profile says: a bug, or a broken authority key.</exception>
    public static ResponderCertificate Issue(Authority authority, AuthoritySettings settings, Octets publicKey, DateTimeOffset now)
    {
        var second = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var notBefore = second - Backdating > authority.NotBefore ? second - Backdating : authority.NotBefore;
        var notAfter = second + Lifetime < authority.NotAfter ? second + Lifetime : authority.NotAfter;
        var unsigned = new ResponderCertificate(authority.KeyId, new OrderMaterial().NewSerial(), notBefore, notAfter, Encoded: default);

        var certificate = unsigned with { Encoded = Sign(authority, settings, publicKey, unsigned) };
        var findings = ResponderLint.Check(certificate, publicKey, authority, settings);
        return findings.Count == 0
            ? certificate
            : throw new CryptographicException($"A responder's certificate departs from its profile: {string.Join(", ", findings.Select(each => each.Code))}.");
    }

    private static Octets Sign(Authority authority, AuthoritySettings settings, Octets publicKey, ResponderCertificate unsigned)
    {
        var issuer = X509CertificateStructure.GetInstance(authority.Certificate.ToArray());
        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new Org.BouncyCastle.Math.BigInteger(1, unsigned.Serial.ToOctets()));
        generator.SetIssuerDN(issuer.Subject);
        generator.SetSubjectDN(DistinguishedNames.OcspResponder(settings, authority.Kind, authority.KeyId).ToX509Name());
        generator.SetNotBefore(unsigned.NotBefore.UtcDateTime);
        generator.SetNotAfter(unsigned.NotAfter.UtcDateTime);
        generator.SetSubjectPublicKeyInfo(SubjectPublicKeyInfo.GetInstance(publicKey.ToArray()));
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.DigitalSignature));
        // Not critical: RFC 5280 4.2.1.12 limits the purposes either way, and RFC 6960 clients that look for it need no mark.
        generator.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeID.id_kp_OCSPSigning));
        generator.AddExtension(OcspObjectIdentifiers.PkixOcspNocheck, false, DerNull.Instance);
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, new AuthorityKeyIdentifier(Convert.FromHexString(authority.KeyId)));
        generator.AddExtension(X509Extensions.SubjectKeyIdentifier, false, new SubjectKeyIdentifier(Authority.KeyIdentifier(publicKey.Span)));
        return Octets.From(generator.Generate(new KeySignatureFactory(authority.Key)).GetEncoded());
    }
}
