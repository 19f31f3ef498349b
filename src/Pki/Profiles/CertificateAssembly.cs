using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Extension;
using KeyPurpose = Org.BouncyCastle.Asn1.X509.KeyPurposeID;

namespace Jpki.Pki.Profiles;

/// <summary>証明書の組み立て: the two profiles, written with BouncyCastle. <see cref="ProfileLint"/> reads what comes out with other eyes.</summary>
internal static class CertificateAssembly
{
    // 公的個人認証の属性: real clients look the four attributes up under these.
    private const string AttributeArc = "1.2.392.200149.8.5.5.";

    /// <param name="order">Has passed <see cref="OrderLint"/>.</param>
    public static Octets Sign(CertificateOrder order, Authority authority, AuthoritySettings settings)
    {
        var issuer = X509CertificateStructure.GetInstance(authority.Certificate.ToArray());
        var publicKey = SubjectPublicKeyInfo.GetInstance(order.SubjectPublicKeyInfo.ToArray());

        var generator = new X509V3CertificateGenerator();
        generator.SetSerialNumber(new Org.BouncyCastle.Math.BigInteger(1, order.Serial.ToOctets()));
        generator.SetIssuerDN(issuer.Subject);
        generator.SetSubjectDN(DistinguishedNames.Subject(order).ToX509Name());
        generator.SetNotBefore(order.NotBefore.UtcDateTime);
        generator.SetNotAfter(order.NotAfter.UtcDateTime);
        generator.SetSubjectPublicKeyInfo(publicKey);
        AddUsage(generator, order.Kind, settings);
        AddNames(generator, order, settings);
        AddPointers(generator, order, settings);
        AddKeyIdentifiers(generator, publicKey, issuer, authority);
        return Octets.From(generator.Generate(new KeySignatureFactory(authority.Key)).GetEncoded());
    }

    /// <summary>
    /// The municipality's point by name and address. Certificates and lists take it from here: a verifier compares the two (RFC 5280 6.3.3 b 2).
    /// </summary>
    public static DistributionPointName PointName(
        AuthoritySettings settings,
        CertificateKind kind,
        string authorityKeyId,
        MunicipalityCode municipality,
        string prefectureRoman,
        string municipalityRoman)
    {
        var name = DistinguishedNames.DistributionPoint(settings, kind, prefectureRoman, municipalityRoman).ToX509Name();
        var uri = DistinguishedNames.DistributionPointUri(settings, kind, authorityKeyId, municipality);
        return new(new GeneralNames([new GeneralName(name), new GeneralName(GeneralName.UniformResourceIdentifier, uri.AbsoluteUri)]));
    }

    private static void AddUsage(X509V3CertificateGenerator generator, CertificateKind kind, AuthoritySettings settings)
    {
        // S8: a signature that binds; S11: a log-in, which must never be taken for one.
        var usage = kind == CertificateKind.Signature ? KeyUsage.DigitalSignature | KeyUsage.NonRepudiation : KeyUsage.DigitalSignature;
        generator.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(usage));
        if (kind == CertificateKind.UserAuthentication)
            generator.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurpose.id_kp_clientAuth));

        var statement = new PolicyQualifierInfo(settings.PracticeStatement.AbsoluteUri);
        var policy = new PolicyInformation(new DerObjectIdentifier(settings.Of(kind).PolicyOid), new DerSequence(statement));
        generator.AddExtension(X509Extensions.CertificatePolicies, true, new CertificatePolicies(policy));
    }

    private static void AddNames(X509V3CertificateGenerator generator, CertificateOrder order, AuthoritySettings settings)
    {
        if (order.Holder is { } holder)
            generator.AddExtension(X509Extensions.SubjectAlternativeName, false, FourAttributes(holder));
        var japanese = DistinguishedNames.IssuerInJapanese(settings, order.Kind).ToX509Name();
        generator.AddExtension(X509Extensions.IssuerAlternativeName, false, new GeneralNames(new GeneralName(japanese)));
    }

    private static GeneralNames FourAttributes(CertifiedHolder holder) => new(
    [
        Attribute(1, holder.Name),
        Attribute(4, JapaneseEra.Write(holder.BirthDate)),
        Attribute(3, ((int)holder.Sex).ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Attribute(5, holder.Address),
        Attribute(2, holder.NameSubstitutes),
        Attribute(6, holder.AddressSubstitutes),
    ]);

    private static GeneralName Attribute(int number, string value) =>
        new(GeneralName.OtherName, new OtherName(new DerObjectIdentifier(AttributeArc + number), new DerUtf8String(value)));

    private static void AddPointers(X509V3CertificateGenerator generator, CertificateOrder order, AuthoritySettings settings)
    {
        var named = PointName(settings, order.Kind, order.AuthorityKeyId, order.Municipality, order.PrefectureRoman, order.MunicipalityRoman);
        var point = new DistributionPoint(named, reasons: null, crlIssuer: null);
        generator.AddExtension(X509Extensions.CrlDistributionPoints, false, new CrlDistPoint([point]));

        var responder = new GeneralName(GeneralName.UniformResourceIdentifier, settings.Ocsp.AbsoluteUri);
        generator.AddExtension(X509Extensions.AuthorityInfoAccess, false, new AuthorityInformationAccess(AccessDescription.IdADOcsp, responder));
    }

    private static void AddKeyIdentifiers(
        X509V3CertificateGenerator generator, SubjectPublicKeyInfo publicKey, X509CertificateStructure issuer, Authority authority)
    {
        var issuerOfIssuer = new GeneralNames(new GeneralName(issuer.Issuer));
        var authorityKey = new AuthorityKeyIdentifier(Convert.FromHexString(authority.KeyId), issuerOfIssuer, issuer.SerialNumber.Value);
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, authorityKey);
        generator.AddExtension(X509Extensions.SubjectKeyIdentifier, false, X509ExtensionUtilities.CreateSubjectKeyIdentifier(publicKey));
    }
}
