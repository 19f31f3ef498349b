using System.Formats.Asn1;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>What each field of a certificate must be, encoded with .NET's writer straight from RFC 5280.</summary>
internal sealed class ExpectedCertificate
{
    private const string Sha256WithRsa = "1.2.840.113549.1.1.11"; // RFC 4055 5
    private const string EcdsaWithSha384 = "1.2.840.10045.4.3.3"; // RFC 5758 3.2

    // RFC 5280 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050.
    private const int FirstYearOfGeneralizedTime = 2050;

    /// <exception cref="ArgumentException">The order holds something that cannot be encoded.</exception>
    public ExpectedCertificate(CertificateOrder order, KnownIssuer issuer)
        : this(
            issuer.Facts,
            order.Serial,
            order.NotBefore,
            order.NotAfter,
            DistinguishedNames.Subject(order),
            order.SubjectPublicKeyInfo,
            [.. ExpectedExtensions.Of(order, issuer.Common(order))])
    {
    }

    /// <exception cref="ArgumentException">Something cannot be encoded.</exception>
    public ExpectedCertificate(
        IssuerFacts issuer,
        SerialNumber serial,
        DateTimeOffset notBefore,
        DateTimeOffset notAfter,
        IReadOnlyList<NameAttribute> subject,
        Octets subjectPublicKeyInfo,
        IReadOnlyList<ExpectedExtension> extensions)
    {
        SignatureAlgorithm = Algorithm(issuer.Algorithm == KeyAlgorithm.Rsa2048Sha256);
        SerialNumber = Encode(writer => writer.WriteIntegerUnsigned(serial.ToOctets()));
        Issuer = issuer.Subject;
        Validity = Period(notBefore, notAfter);
        Subject = Encode(writer => writer.WriteName(subject));
        SubjectPublicKeyInfo = subjectPublicKeyInfo.ToArray();
        Extensions = extensions;
    }

    public byte[] SignatureAlgorithm { get; }

    public byte[] SerialNumber { get; }

    public byte[] Issuer { get; }

    public byte[] Validity { get; }

    public byte[] Subject { get; }

    public byte[] SubjectPublicKeyInfo { get; }

    /// <summary>In the order in which they stand.</summary>
    public IReadOnlyList<ExpectedExtension> Extensions { get; }

    internal static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    internal static byte[] Algorithm(bool rsa) => Encode(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(rsa ? Sha256WithRsa : EcdsaWithSha384);
            if (rsa)
                writer.WriteNull();
        }
    });

    private static byte[] Period(DateTimeOffset notBefore, DateTimeOffset notAfter) => Encode(writer =>
    {
        using (writer.PushSequence())
        {
            Time(writer, notBefore);
            Time(writer, notAfter);
        }
    });

    internal static void Time(AsnWriter writer, DateTimeOffset time)
    {
        if (time.UtcDateTime.Year >= FirstYearOfGeneralizedTime)
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        else
            writer.WriteUtcTime(time);
    }
}
