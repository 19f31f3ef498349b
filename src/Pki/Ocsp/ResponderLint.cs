using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Ocsp;

/// <summary>レスポンダ証明書の検査: the same kind of other eyes as <see cref="ProfileLint"/>, for the responder's own certificate.</summary>
internal static class ResponderLint
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);

    /// <returns>Every departure; empty when it is exactly what it should be.</returns>
    public static IReadOnlyList<LintFinding> Check(
        ResponderCertificate certificate, Octets publicKey, Authority authority, AuthoritySettings settings)
    {
        var findings = new List<LintFinding>();
        try
        {
            var issuer = IssuerFacts.Of(authority.Certificate.Span);
            var subject = DistinguishedNames.OcspResponder(settings, authority.Kind, authority.KeyId);
            var expected = new ExpectedCertificate(
                issuer, certificate.Serial, certificate.NotBefore, certificate.NotAfter, subject, publicKey, Extensions(issuer, publicKey));
            ProfileLint.Read(certificate.Encoded.ToArray(), expected, findings);
            if (!CertificateSignature.IsBy(certificate.Encoded.ToArray(), issuer))
                findings.Add(new("signature", "The signature does not verify under the issuer's key."));
            if (certificate.NotBefore < authority.NotBefore || certificate.NotAfter > authority.NotAfter)
                findings.Add(new("authority-validity", "The certificate would outlive, or be older than, the authority's."));
        }
        catch (Exception malformed) when (malformed is AsnContentException or CryptographicException or ArgumentException)
        {
            findings.Add(new("encoding", $"Not readable as the certificate it should be ({malformed.GetType().Name})."));
        }

        return findings;
    }

    private static ExpectedExtension[] Extensions(IssuerFacts issuer, Octets publicKey) =>
    [
        ExpectedExtensions.Extension("key-usage", "2.5.29.15", critical: true, writer => writer.WriteBitString([0x80], unusedBitCount: 7)),
        ExpectedExtensions.Extension("extended-key-usage", "2.5.29.37", critical: false, writer =>
        {
            using (writer.PushSequence())
                writer.WriteObjectIdentifier("1.3.6.1.5.5.7.3.9");
        }),
        ExpectedExtensions.Extension("no-check", "1.3.6.1.5.5.7.48.1.5", critical: false, writer => writer.WriteNull()),
        ExpectedExtensions.Extension("authority-key-identifier", "2.5.29.35", critical: false, writer =>
        {
            using (writer.PushSequence())
                writer.WriteOctetString(issuer.KeyId, Tag0);
        }),
        ExpectedExtensions.Extension("subject-key-identifier", "2.5.29.14", critical: false,
            writer => writer.WriteOctetString(Authority.KeyIdentifier(publicKey.Span))),
    ];
}
