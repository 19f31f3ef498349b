using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace Jpki.Pki.Revocation;

/// <summary>
/// 失効リストの組み立て: what stands before, between and after the entries (RFC 5280 5.1), written with BouncyCastle.
/// <see cref="RevocationListLint"/> reads what comes out with other eyes.
/// </summary>
internal sealed class ListAssembly
{
    private const int Version2 = 1;

    private readonly AlgorithmIdentifier algorithm;

    /// <param name="order">Has passed <see cref="ListOrderLint"/>.</param>
    /// <param name="entriesLength">Octets of all entries together.</param>
    public ListAssembly(RevocationListOrder order, Authority authority, AuthoritySettings settings, long entriesLength)
    {
        algorithm = (AlgorithmIdentifier)new KeySignatureFactory(authority.Key).AlgorithmDetails;
        byte[] before =
        [
            .. DerInteger.ValueOf(Version2).GetDerEncoded(),
            .. algorithm.GetDerEncoded(),
            .. DistinguishedNames.Issuer(settings, authority.Kind).ToX509Name().GetDerEncoded(),
            .. new Time(order.ThisUpdate.UtcDateTime).GetDerEncoded(),
            .. new Time(order.NextUpdate.UtcDateTime).GetDerEncoded(),
            // RFC 5280 5.1.2.6: without entries the field must be absent.
            .. entriesLength == 0 ? [] : SequenceHeader(entriesLength),
        ];
        After = new DerTaggedObject(isExplicit: true, 0, Extensions(order, authority, settings)).GetDerEncoded();
        var length = before.Length + entriesLength + After.Length;
        Before = [.. SequenceHeader(length), .. before];
        SignedLength = Before.Length + entriesLength + After.Length;
    }

    /// <summary>TBSCertList up to the first entry.</summary>
    public byte[] Before { get; }

    /// <summary>The rest of TBSCertList.</summary>
    public byte[] After { get; }

    private long SignedLength { get; }

    /// <summary>What encloses the signed part: the octets before it and after it.</summary>
    public (byte[] Head, byte[] Tail) Envelope(byte[] signature)
    {
        byte[] tail = [.. algorithm.GetDerEncoded(), .. new DerBitString(signature).GetDerEncoded()];
        return (SequenceHeader(SignedLength + tail.Length), tail);
    }

    private static X509Extensions Extensions(RevocationListOrder order, Authority authority, AuthoritySettings settings)
    {
        var generator = new X509ExtensionsGenerator();
        var (keyId, municipality) = (order.Scope.AuthorityKeyId, order.Scope.Municipality);
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, false, new AuthorityKeyIdentifier(Convert.FromHexString(keyId)));
        generator.AddExtension(X509Extensions.CrlNumber, false, DerInteger.ValueOf(order.Number));
        if (order.BaseNumber is { } baseNumber)
            generator.AddExtension(X509Extensions.DeltaCrlIndicator, true, DerInteger.ValueOf(baseNumber));
        var point = CertificateAssembly.PointName(settings, authority.Kind, keyId, municipality, order.PrefectureRoman, order.MunicipalityRoman);
        generator.AddExtension(X509Extensions.IssuingDistributionPoint, true, new IssuingDistributionPoint(
            point,
            onlyContainsUserCerts: false,
            onlyContainsCACerts: false,
            onlySomeReasons: null,
            indirectCRL: false,
            onlyContainsAttributeCerts: false));
        if (!order.IsDelta)
            generator.AddExtension(X509Extensions.FreshestCrl, false, DeltaPoint(settings, authority, order));
        return generator.Generate();
    }

    // By address only: a name would have to differ from the full list's, and both lists are about the same point.
    private static CrlDistPoint DeltaPoint(AuthoritySettings settings, Authority authority, RevocationListOrder order)
    {
        var uri = DistinguishedNames.DeltaListUri(settings, authority.Kind, order.Scope.AuthorityKeyId, order.Scope.Municipality);
        var names = new GeneralNames(new GeneralName(GeneralName.UniformResourceIdentifier, uri.AbsoluteUri));
        return new([new DistributionPoint(new DistributionPointName(names), reasons: null, crlIssuer: null)]);
    }

    // X.690 8.1.3 and 10.1: a tag and the shortest form of the length. BouncyCastle writes headers only with their content in memory.
    private static byte[] SequenceHeader(long contentLength)
    {
        if (contentLength < 0x80)
            return [0x30, (byte)contentLength];
        var octets = 1;
        while (contentLength >> (8 * octets) > 0)
            octets++;
        var header = new byte[2 + octets];
        (header[0], header[1]) = (0x30, (byte)(0x80 | octets));
        for (var each = 0; each < octets; each++)
            header[^(each + 1)] = (byte)(contentLength >> (8 * each));
        return header;
    }
}
