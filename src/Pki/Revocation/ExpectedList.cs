using System.Formats.Asn1;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Revocation;

/// <summary>What each field of a list but its entries must be, encoded with .NET's writer straight from RFC 5280 5.1 and 5.2.</summary>
internal sealed class ExpectedList
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    public ExpectedList(AuthoritySettings settings, RevocationListOrder order, Authority authority, IssuerFacts issuer)
    {
        Version = ExpectedCertificate.Encode(writer => writer.WriteInteger(1));
        SignatureAlgorithm = ExpectedCertificate.Algorithm(issuer.Algorithm == KeyAlgorithm.Rsa2048Sha256);
        Issuer = issuer.Subject;
        ThisUpdate = ExpectedCertificate.Encode(writer => ExpectedCertificate.Time(writer, order.ThisUpdate));
        NextUpdate = ExpectedCertificate.Encode(writer => ExpectedCertificate.Time(writer, order.NextUpdate));
        Extensions =
        [
            ExpectedExtensions.Extension("authority-key-identifier", "2.5.29.35", critical: false, writer => AuthorityKey(writer, issuer)),
            ExpectedExtensions.Extension("crl-number", "2.5.29.20", critical: false, writer => writer.WriteInteger(order.Number)),
            .. order.BaseNumber is { } baseNumber
                ? [ExpectedExtensions.Extension("delta-crl-indicator", "2.5.29.27", critical: true, writer => writer.WriteInteger(baseNumber))]
                : Array.Empty<ExpectedExtension>(),
            ExpectedExtensions.Extension(
                "issuing-distribution-point", "2.5.29.28", critical: true, writer => Point(writer, settings, order, authority)),
            .. order.IsDelta
                ? Array.Empty<ExpectedExtension>()
                :
                [
                    ExpectedExtensions.Extension(
                        "freshest-crl", "2.5.29.46", critical: false, writer => DeltaPoint(writer, settings, order, authority)),
                ],
        ];
    }

    public byte[] Version { get; }

    public byte[] SignatureAlgorithm { get; }

    public byte[] Issuer { get; }

    public byte[] ThisUpdate { get; }

    public byte[] NextUpdate { get; }

    /// <summary>In the order in which they stand.</summary>
    public IReadOnlyList<ExpectedExtension> Extensions { get; }

    private static void AuthorityKey(AsnWriter writer, IssuerFacts issuer)
    {
        using var identifier = writer.PushSequence();
        writer.WriteOctetString(issuer.KeyId, Tag0);
    }

    private static void Point(AsnWriter writer, AuthoritySettings settings, RevocationListOrder order, Authority authority)
    {
        using var point = writer.PushSequence();
        writer.WritePointName(
            DistinguishedNames.DistributionPoint(settings, authority.Kind, order.PrefectureRoman, order.MunicipalityRoman),
            DistinguishedNames.DistributionPointUri(settings, authority.Kind, order.Scope.AuthorityKeyId, order.Scope.Municipality));
    }

    private static void DeltaPoint(AsnWriter writer, AuthoritySettings settings, RevocationListOrder order, Authority authority)
    {
        using var points = writer.PushSequence();
        using var point = writer.PushSequence();
        writer.WritePointName(
            name: null, DistinguishedNames.DeltaListUri(settings, authority.Kind, order.Scope.AuthorityKeyId, order.Scope.Municipality));
    }
}
