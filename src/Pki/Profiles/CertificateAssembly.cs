using System.Collections.Concurrent;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509.Extension;
using KeyPurpose = Org.BouncyCastle.Asn1.X509.KeyPurposeID;

namespace Jpki.Pki.Profiles;

/// <summary>
/// 証明書の組み立て: the two profiles, written with BouncyCastle. <see cref="ProfileLint"/> reads what comes out with other eyes. Safe for
/// concurrent use.
/// </summary>
internal sealed class CertificateAssembly(AuthoritySettings settings)
{
    // 公的個人認証の属性: real clients look the four attributes up under these.
    private const string AttributeArc = "1.2.392.200149.8.5.5.";

    // Encoding what all residents of a municipality have in common costs more than all the rest.
    private readonly ConcurrentDictionary<Municipal, CertificateTemplate> templates = new();

    /// <param name="order">Has passed <see cref="OrderLint"/>.</param>
    /// <param name="authority">The one whose key the order names.</param>
    public Octets Sign(CertificateOrder order, Authority authority)
    {
        var template = templates.GetOrAdd(Municipal.Of(order), _ => Template(order, authority));
        var publicKey = SubjectPublicKeyInfo.GetInstance(order.SubjectPublicKeyInfo.ToArray());
        var generator = new V3TbsCertificateGenerator();
        generator.SetSerialNumber(new DerInteger(new Org.BouncyCastle.Math.BigInteger(1, order.Serial.ToOctets())));
        generator.SetSignature(template.Algorithm);
        generator.SetIssuer(template.Issuer);
        generator.SetSubject(DistinguishedNames.Subject(order).ToX509Name());
        generator.SetStartDate(new Time(order.NotBefore.UtcDateTime));
        generator.SetEndDate(new Time(order.NotAfter.UtcDateTime));
        generator.SetSubjectPublicKeyInfo(publicKey);
        generator.SetExtensions(Extensions(order, template, publicKey));

        var toBeSigned = generator.GenerateTbsCertificate();
        var signature = authority.Key.Sign(toBeSigned.GetDerEncoded());
        return Octets.From(new DerSequence(toBeSigned, template.Algorithm, new DerBitString(signature)).GetDerEncoded());
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

    private static X509Extensions Extensions(CertificateOrder order, CertificateTemplate template, SubjectPublicKeyInfo publicKey)
    {
        var extensions = new X509ExtensionsGenerator();
        extensions.AddExtensions(template.BeforeHolder);
        if (order.Holder is { } holder)
            extensions.AddExtension(X509Extensions.SubjectAlternativeName, false, FourAttributes(holder));
        extensions.AddExtensions(template.AfterHolder);
        extensions.AddExtension(X509Extensions.SubjectKeyIdentifier, false, X509ExtensionUtilities.CreateSubjectKeyIdentifier(publicKey));
        return extensions.Generate();
    }

    private CertificateTemplate Template(CertificateOrder order, Authority authority)
    {
        var issuer = X509CertificateStructure.GetInstance(authority.Certificate.ToArray());
        var before = new X509ExtensionsGenerator();
        AddUsage(before, order.Kind);
        var after = new X509ExtensionsGenerator();
        AddJapaneseName(after, order.Kind);
        AddPointers(after, order);
        AddAuthorityKey(after, issuer, authority);
        return new(KeySignatureFactory.Algorithm(authority.Key), issuer.Subject, before.Generate(), after.Generate());
    }

    private void AddUsage(X509ExtensionsGenerator extensions, CertificateKind kind)
    {
        // S8: a signature that binds; S11: a log-in, which must never be taken for one.
        var usage = kind == CertificateKind.Signature ? KeyUsage.DigitalSignature | KeyUsage.NonRepudiation : KeyUsage.DigitalSignature;
        extensions.AddExtension(X509Extensions.KeyUsage, true, new KeyUsage(usage));
        if (kind == CertificateKind.UserAuthentication)
            extensions.AddExtension(X509Extensions.ExtendedKeyUsage, false, new ExtendedKeyUsage(KeyPurpose.id_kp_clientAuth));

        var statement = new PolicyQualifierInfo(settings.PracticeStatement.AbsoluteUri);
        var policy = new PolicyInformation(new DerObjectIdentifier(settings.Of(kind).PolicyOid), new DerSequence(statement));
        extensions.AddExtension(X509Extensions.CertificatePolicies, true, new CertificatePolicies(policy));
    }

    private void AddJapaneseName(X509ExtensionsGenerator extensions, CertificateKind kind)
    {
        var japanese = DistinguishedNames.IssuerInJapanese(settings, kind).ToX509Name();
        extensions.AddExtension(X509Extensions.IssuerAlternativeName, false, new GeneralNames(new GeneralName(japanese)));
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

    private void AddPointers(X509ExtensionsGenerator extensions, CertificateOrder order)
    {
        var named = PointName(settings, order.Kind, order.AuthorityKeyId, order.Municipality, order.PrefectureRoman, order.MunicipalityRoman);
        var point = new DistributionPoint(named, reasons: null, crlIssuer: null);
        extensions.AddExtension(X509Extensions.CrlDistributionPoints, false, new CrlDistPoint([point]));

        var responder = new GeneralName(GeneralName.UniformResourceIdentifier, settings.Ocsp.AbsoluteUri);
        extensions.AddExtension(X509Extensions.AuthorityInfoAccess, false, new AuthorityInformationAccess(AccessDescription.IdADOcsp, responder));
    }

    private static void AddAuthorityKey(X509ExtensionsGenerator extensions, X509CertificateStructure issuer, Authority authority)
    {
        var issuerOfIssuer = new GeneralNames(new GeneralName(issuer.Issuer));
        var authorityKey = new AuthorityKeyIdentifier(Convert.FromHexString(authority.KeyId), issuerOfIssuer, issuer.SerialNumber.Value);
        extensions.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, authorityKey);
    }
}
