using System.Formats.Asn1;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <param name="Code">What a finding about it is called.</param>
/// <param name="Encoded">The whole Extension, criticality included.</param>
internal sealed record ExpectedExtension(string Code, byte[] Encoded);

/// <summary>The extensions around the one that differs from holder to holder, in order.</summary>
internal sealed record CommonExtensions(IReadOnlyList<ExpectedExtension> BeforeHolder, IReadOnlyList<ExpectedExtension> AfterHolder);

/// <summary>The extensions of the two profiles, in order, for <see cref="ProfileLint"/>.</summary>
internal static class ExpectedExtensions
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag DirectoryName = new(TagClass.ContextSpecific, 4);
    private static readonly Asn1Tag UniformResourceIdentifier = new(TagClass.ContextSpecific, 6);

    public static IEnumerable<ExpectedExtension> Of(CertificateOrder order, CommonExtensions common) =>
    [
        .. common.BeforeHolder,
        .. order.Holder is { } holder
            ? [Extension("subject-alt-name", "2.5.29.17", critical: false, writer => FourAttributes(writer, holder))]
            : Array.Empty<ExpectedExtension>(),
        .. common.AfterHolder,
        Extension("subject-key-identifier", "2.5.29.14", critical: false,
            writer => writer.WriteOctetString(Authority.KeyIdentifier(order.SubjectPublicKeyInfo.Span))),
    ];

    /// <summary>What stands in every certificate of the order's kind, authority and municipality.</summary>
    public static CommonExtensions Common(AuthoritySettings settings, CertificateOrder order, IssuerFacts issuer) => new(
    [
        Extension("key-usage", "2.5.29.15", critical: true, writer => KeyUsage(writer, order.Kind)),
        .. order.Kind == CertificateKind.UserAuthentication
            ? [Extension("extended-key-usage", "2.5.29.37", critical: false, ClientAuthentication)] : Array.Empty<ExpectedExtension>(),
        Extension("certificate-policies", "2.5.29.32", critical: true, writer => Policies(writer, settings, order.Kind)),
    ],
    [
        Extension("issuer-alt-name", "2.5.29.18", critical: false, writer => IssuerAltName(writer, settings, order.Kind)),
        Extension("crl-distribution-points", "2.5.29.31", critical: false, writer => DistributionPoints(writer, settings, order)),
        Extension("authority-info-access", "1.3.6.1.5.5.7.1.1", critical: false, writer => Responder(writer, settings)),
        Extension("authority-key-identifier", "2.5.29.35", critical: false, writer => AuthorityKey(writer, issuer)),
    ]);

    public static void WriteName(this AsnWriter writer, IReadOnlyList<NameAttribute> attributes)
    {
        using var name = writer.PushSequence();
        foreach (var each in attributes)
        {
            using var relative = writer.PushSetOf();
            using var attribute = writer.PushSequence();
            writer.WriteObjectIdentifier(each.Type);
            var type = each.Type == DistinguishedNames.Country ? UniversalTagNumber.PrintableString : UniversalTagNumber.UTF8String;
            writer.WriteCharacterString(type, each.Value);
        }
    }

    /// <summary>distributionPoint with a fullName, as it stands in certificates and in lists (RFC 5280 4.2.1.13, 5.2.5).</summary>
    /// <param name="name">None: the address alone.</param>
    public static void WritePointName(this AsnWriter writer, IReadOnlyList<NameAttribute>? name, Uri uri)
    {
        using var distributionPoint = writer.PushSequence(Tag0);
        using var fullName = writer.PushSequence(Tag0);
        if (name is not null)
        {
            using var directoryName = writer.PushSequence(DirectoryName);
            writer.WriteName(name);
        }

        writer.WriteCharacterString(UniversalTagNumber.IA5String, uri.AbsoluteUri, UniformResourceIdentifier);
    }

    public static ExpectedExtension Extension(string code, string oid, bool critical, Action<AsnWriter> value) =>
        new(code, ExpectedCertificate.Encode(writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(oid);
                if (critical)
                    writer.WriteBoolean(true);
                writer.WriteOctetString(ExpectedCertificate.Encode(value));
            }
        }));

    // RFC 5280 4.2.1.3: digitalSignature is bit 0, nonRepudiation bit 1; DER drops trailing zero bits.
    private static void KeyUsage(AsnWriter writer, CertificateKind kind)
    {
        if (kind == CertificateKind.Signature)
            writer.WriteBitString([0b1100_0000], unusedBitCount: 6);
        else
            writer.WriteBitString([0b1000_0000], unusedBitCount: 7);
    }

    private static void ClientAuthentication(AsnWriter writer)
    {
        using (writer.PushSequence())
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.3.2");
    }

    private static void Policies(AsnWriter writer, AuthoritySettings settings, CertificateKind kind)
    {
        using var policies = writer.PushSequence();
        using var policy = writer.PushSequence();
        writer.WriteObjectIdentifier(settings.Of(kind).PolicyOid);
        using var qualifiers = writer.PushSequence();
        using var qualifier = writer.PushSequence();
        writer.WriteObjectIdentifier("1.3.6.1.5.5.7.2.1");
        writer.WriteCharacterString(UniversalTagNumber.IA5String, settings.PracticeStatement.AbsoluteUri);
    }

    private static void FourAttributes(AsnWriter writer, CertifiedHolder holder)
    {
        using var names = writer.PushSequence();
        OtherName("1.2.392.200149.8.5.5.1", holder.Name);
        OtherName("1.2.392.200149.8.5.5.4", JapaneseEra.Write(holder.BirthDate));
        OtherName("1.2.392.200149.8.5.5.3", holder.Sex.ToString("D"));
        OtherName("1.2.392.200149.8.5.5.5", holder.Address);
        OtherName("1.2.392.200149.8.5.5.2", holder.NameSubstitutes);
        OtherName("1.2.392.200149.8.5.5.6", holder.AddressSubstitutes);

        void OtherName(string type, string value)
        {
            using var otherName = writer.PushSequence(Tag0);
            writer.WriteObjectIdentifier(type);
            using var explicitValue = writer.PushSequence(Tag0);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        }
    }

    private static void IssuerAltName(AsnWriter writer, AuthoritySettings settings, CertificateKind kind)
    {
        using var names = writer.PushSequence();
        using var directoryName = writer.PushSequence(DirectoryName);
        writer.WriteName(DistinguishedNames.IssuerInJapanese(settings, kind));
    }

    private static void DistributionPoints(AsnWriter writer, AuthoritySettings settings, CertificateOrder order)
    {
        using var points = writer.PushSequence();
        using var point = writer.PushSequence();
        writer.WritePointName(
            DistinguishedNames.DistributionPoint(settings, order.Kind, order.PrefectureRoman, order.MunicipalityRoman),
            DistinguishedNames.DistributionPointUri(settings, order.Kind, order.AuthorityKeyId, order.Municipality));
    }

    private static void Responder(AsnWriter writer, AuthoritySettings settings)
    {
        using var descriptions = writer.PushSequence();
        using var description = writer.PushSequence();
        writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1");
        writer.WriteCharacterString(UniversalTagNumber.IA5String, settings.Ocsp.AbsoluteUri, UniformResourceIdentifier);
    }

    private static void AuthorityKey(AsnWriter writer, IssuerFacts issuer)
    {
        using var identifier = writer.PushSequence();
        writer.WriteOctetString(issuer.KeyId, Tag0);
        using (writer.PushSequence(Tag1))
        using (writer.PushSequence(DirectoryName))
            writer.WriteEncodedValue(issuer.Issuer);
        writer.WriteInteger(issuer.Serial, Tag2);
    }
}
