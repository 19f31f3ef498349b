using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Jpki.Pki.Profiles;

/// <summary>One relative distinguished name: the type's OID and the text.</summary>
internal readonly record struct NameAttribute(string Type, string Value);

/// <summary>識別名: every name the authorities write, as data; RFC 5280 4.1.2.4 order, the country first.</summary>
internal static class DistinguishedNames
{
    public const string Country = "2.5.4.6";
    public const string Locality = "2.5.4.7";
    public const string Organisation = "2.5.4.10";
    public const string Unit = "2.5.4.11";
    public const string CommonName = "2.5.4.3";

    public static IReadOnlyList<NameAttribute> Issuer(AuthoritySettings settings, CertificateKind kind) =>
        [.. Service(settings, kind), new(Unit, settings.Operator)];

    public static IReadOnlyList<NameAttribute> IssuerInJapanese(AuthoritySettings settings, CertificateKind kind) =>
    [
        new(Country, "JP"),
        new(Organisation, settings.JapaneseOrganisation),
        new(Unit, kind == CertificateKind.Signature ? "公的個人認証サービス署名用" : "公的個人認証サービス利用者証明用"),
        new(Unit, settings.JapaneseOperator),
    ];

    public static IReadOnlyList<NameAttribute> Subject(CertificateOrder order) => order.Kind == CertificateKind.Signature
        ? [new(Country, "JP"), new(Locality, order.PrefectureRoman), new(Locality, order.MunicipalityRoman), new(CommonName, order.CommonName)]
        : [new(Country, "JP"), new(CommonName, order.CommonName)];

    /// <summary>The municipality's point, which its lists repeat in issuingDistributionPoint.</summary>
    public static IReadOnlyList<NameAttribute> DistributionPoint(
        AuthoritySettings settings, CertificateKind kind, string prefectureRoman, string municipalityRoman) =>
    [
        .. Service(settings, kind),
        new(Unit, "CRL Distribution Points"),
        new(Unit, prefectureRoman),
        new(CommonName, municipalityRoman + " CRLDP"),
    ];

    /// <summary>The OCSP responder of one generation; its key changes, its name does not.</summary>
    public static IReadOnlyList<NameAttribute> OcspResponder(AuthoritySettings settings, CertificateKind kind, string authorityKeyId) =>
        [.. Service(settings, kind), new(CommonName, "OCSP responder " + authorityKeyId[..16])];

    /// <summary>
    /// Where the municipality's list is fetched, e.g. <c>…/signature/0123456789abcdef/13207.crl</c>. The key's generation is part of it:
    /// each generation signs the lists of its own certificates.
    /// </summary>
    public static Uri DistributionPointUri(
        AuthoritySettings settings, CertificateKind kind, string authorityKeyId, MunicipalityCode municipality)
    {
        var authority = kind.PathName();
        return new(settings.RevocationLists, $"{authority}/{authorityKeyId[..16]}/{municipality}.crl");
    }

    /// <summary>Where the municipality's delta list is fetched: beside the full one, e.g. <c>…/13207.delta.crl</c>.</summary>
    public static Uri DeltaListUri(AuthoritySettings settings, CertificateKind kind, string authorityKeyId, MunicipalityCode municipality) =>
        new(DistributionPointUri(settings, kind, authorityKeyId, municipality), $"{municipality}.delta.crl");

    /// <summary>RFC 5280 4.1.2.4: the country a PrintableString, everything else UTF8String.</summary>
    public static X509Name ToX509Name(this IEnumerable<NameAttribute> attributes) => X509Name.GetInstance(new DerSequence(
        attributes.Select(each => new DerSet(new DerSequence(new DerObjectIdentifier(each.Type), Text(each)))).ToArray<Asn1Encodable>()));

    private static Asn1Encodable Text(NameAttribute attribute) =>
        attribute.Type == Country ? new DerPrintableString(attribute.Value) : new DerUtf8String(attribute.Value);

    private static NameAttribute[] Service(AuthoritySettings settings, CertificateKind kind) =>
    [
        new(Country, "JP"),
        new(Organisation, settings.Organisation),
        new(Unit, kind == CertificateKind.Signature ? "JPKI for digital signature" : "JPKI for user authentication"),
    ];
}
