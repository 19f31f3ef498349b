using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>
/// プロファイル検査: reads finished octets against the profile, field by field, with another library than the one that wrote them
/// and with its own copy of every constant. A mistake must be made twice, in two ways, to leave the authority.
/// </summary>
public sealed class ProfileLint(AuthoritySettings settings)
{
    private const int Version3 = 2;
    private static readonly Asn1Tag VersionTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag ExtensionsTag = new(TagClass.ContextSpecific, 3);

    // As many as there are generations of keys.
    private readonly ConcurrentDictionary<Octets, KnownIssuer> issuers = new();

    /// <returns>Every departure; empty when the certificate is exactly what the order and the profile say.</returns>
    public IReadOnlyList<LintFinding> Check(Octets certificate, CertificateOrder order, Octets issuerCertificate)
    {
        var findings = new List<LintFinding>();
        try
        {
            var issuer = issuers.GetOrAdd(issuerCertificate, each => new(settings, each));
            var expected = new ExpectedCertificate(order, issuer);
            var octets = certificate.ToArray();
            Read(octets, expected, findings);
            if (Convert.ToHexStringLower(issuer.Facts.KeyId) != order.AuthorityKeyId)
                findings.Add(new("authority-key", "The issuer's key is not the one the order names."));
            if (!CertificateSignature.IsBy(octets, issuer.Key))
                findings.Add(new("signature", "The signature does not verify under the issuer's key."));
        }
        catch (Exception malformed) when (malformed is AsnContentException or CryptographicException or ArgumentException)
        {
            // Whatever stopped the reading stops the certificate, and the text may quote what was read.
            findings.Add(new("encoding", $"Not readable as the certificate it should be ({malformed.GetType().Name})."));
        }

        return findings;
    }

    /// <exception cref="AsnContentException">Not a certificate in DER.</exception>
    internal static void Read(byte[] certificate, ExpectedCertificate expected, List<LintFinding> findings)
    {
        var file = new AsnReader(certificate, AsnEncodingRules.DER);
        var outer = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var body = outer.ReadSequence();
        Compare("signature-algorithm", outer.ReadEncodedValue(), expected.SignatureAlgorithm, findings);
        outer.ReadEncodedValue();
        outer.ThrowIfNotEmpty();

        if (!body.ReadSequence(VersionTag).TryReadInt32(out var version) || version != Version3)
            findings.Add(new("version", "Not version 3."));
        Compare("serial-number", body.ReadEncodedValue(), expected.SerialNumber, findings);
        Compare("signature-algorithm", body.ReadEncodedValue(), expected.SignatureAlgorithm, findings);
        Compare("issuer", body.ReadEncodedValue(), expected.Issuer, findings);
        Compare("validity", body.ReadEncodedValue(), expected.Validity, findings);
        Compare("subject", body.ReadEncodedValue(), expected.Subject, findings);
        Compare("subject-public-key", body.ReadEncodedValue(), expected.SubjectPublicKeyInfo, findings);
        var wrapper = body.ReadSequence(ExtensionsTag);
        body.ThrowIfNotEmpty();
        Extensions(wrapper.ReadSequence(), expected.Extensions, findings);
        wrapper.ThrowIfNotEmpty();
    }

    private static void Extensions(AsnReader actual, IReadOnlyList<ExpectedExtension> expected, List<LintFinding> findings)
    {
        foreach (var each in expected)
        {
            if (!actual.HasData)
                findings.Add(new(each.Code, "Missing."));
            else
                Compare(each.Code, actual.ReadEncodedValue(), each.Encoded, findings);
        }

        if (actual.HasData)
            findings.Add(new("extensions", "There are more extensions than the profile has."));
    }

    private static void Compare(string code, ReadOnlyMemory<byte> actual, ReadOnlyMemory<byte> expected, List<LintFinding> findings)
    {
        if (!actual.Span.SequenceEqual(expected.Span))
            findings.Add(new(code, "Differs from the order or the profile."));
    }
}
