using Jpki.Domain;
using Jpki.Pki.Orders;
using Jpki.Pki.Profiles;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Jpki.Pki.Keys;

/// <summary>自己署名証明書: the certificate an authority presents itself with.</summary>
internal static class AuthorityCertificate
{
    /// <param name="notBefore">Whole seconds are kept.</param>
    /// <returns>DER.</returns>
    public static byte[] SelfSign(CertificateKind kind, AuthoritySettings settings, ISigningKey key, DateTimeOffset notBefore)
    {
        var name = DistinguishedNames.Issuer(settings, kind).ToX509Name();
        var publicKey = SubjectPublicKeyInfo.GetInstance(key.PublicKey.ToArray());
        var keyId = Authority.KeyIdentifier(key.PublicKey.Span);
        var alternative = new GeneralNames(new GeneralName(DistinguishedNames.IssuerInJapanese(settings, kind).ToX509Name()));

        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new Org.BouncyCastle.Math.BigInteger(1, new OrderMaterial().NewSerial().ToOctets()));
        generator.SetIssuerDN(name);
        generator.SetSubjectDN(name);
        generator.SetNotBefore(notBefore.UtcDateTime);
        generator.SetNotAfter(notBefore.UtcDateTime.AddYears(settings.ValidityYears).AddSeconds(-1));
        generator.SetSubjectPublicKeyInfo(publicKey);
        // Residents' certificates come directly below; no authority under this one (RFC 5280 4.2.1.9).
        generator.AddExtension(X509Extensions.BasicConstraints, true, new BasicConstraints(pathLenConstraint: 0));
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(KeyUsage.KeyCertSign | KeyUsage.CrlSign));
        generator.AddExtension(X509Extensions.SubjectAlternativeName, false, alternative);
        generator.AddExtension(X509Extensions.IssuerAlternativeName, false, alternative);
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, new AuthorityKeyIdentifier(keyId));
        generator.AddExtension(X509Extensions.SubjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId));
        return generator.Generate(new KeySignatureFactory(key)).GetEncoded();
    }
}
