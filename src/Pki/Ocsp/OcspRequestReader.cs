using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;

namespace Jpki.Pki.Ocsp;

/// <summary>
/// 要求の読み取り: strict DER within bounds. Whatever arrives, the answer is a value.
/// </summary>
/// <remarks>
/// A signed request is taken without looking at its signature, which RFC 6960 4.1.2 leaves to the responder: everybody is told the same, so
/// it does not matter who asks. The one leniency: version v1 may be spelled out although DER leaves defaults away; nothing depends on it.
/// </remarks>
public static class OcspRequestReader
{
    /// <summary>Octets. Twenty certificates take about 1,600.</summary>
    public const int LongestRequest = 16 * 1024;

    public const int MostCertificates = 20;

    private const int LongestNonce = 128; // RFC 9654 2.1
    private const string NonceType = "1.3.6.1.5.5.7.48.1.2";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2, isConstructed: true);

    public static OcspRequestResult Read(ReadOnlySpan<byte> request)
    {
        if (request.Length > LongestRequest)
            return new OcspRequestMalformed("length");
        try
        {
            return Request(request.ToArray());
        }
        catch (Exception malformed) when (malformed is AsnContentException or CryptographicException)
        {
            return new OcspRequestMalformed("encoding");
        }
    }

    private static OcspRequestResult Request(byte[] octets)
    {
        var file = new AsnReader(octets, AsnEncodingRules.DER);
        var request = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var body = request.ReadSequence();
        if (Next(request, Tag0))
            request.ReadSequence(Tag0).ReadSequence();
        request.ThrowIfNotEmpty();

        if (Next(body, Tag0) && !IsVersion1(body.ReadSequence(Tag0)))
            return new OcspRequestMalformed("version");
        if (Next(body, Tag1))
            body.ReadSequence(Tag1).ReadEncodedValue();
        var certificates = Certificates(body.ReadSequence());
        if (certificates is null)
            return new OcspRequestMalformed("certificates");
        Octets? nonce = null;
        if (Next(body, Tag2) && !Extensions(body.ReadSequence(Tag2), ref nonce))
            return new OcspRequestMalformed("extensions");
        body.ThrowIfNotEmpty();
        return new OcspRequest(certificates, nonce);
    }

    private static bool IsVersion1(AsnReader version)
    {
        var is1 = version.TryReadInt32(out var number) && number == 0;
        version.ThrowIfNotEmpty();
        return is1;
    }

    /// <returns>Null: none, too many, or one comes with a condition that is not understood.</returns>
    private static List<OcspCertificateId>? Certificates(AsnReader list)
    {
        var certificates = new List<OcspCertificateId>(1);
        while (list.HasData)
        {
            if (certificates.Count == MostCertificates)
                return null;
            var single = list.ReadSequence();
            certificates.Add(Certificate(single));
            Octets? none = null;
            if (single.HasData && !Extensions(single.ReadSequence(Tag0), ref none))
                return null;
            single.ThrowIfNotEmpty();
        }

        return certificates.Count == 0 ? null : certificates;
    }

    private static OcspCertificateId Certificate(AsnReader single)
    {
        var encoded = single.PeekEncodedValue();
        var content = single.PeekContentBytes();
        var id = single.ReadSequence();
        var algorithm = id.ReadSequence();
        algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
            algorithm.ReadEncodedValue();
        algorithm.ThrowIfNotEmpty();
        id.ReadOctetString();
        id.ReadOctetString();
        var issuer = content[..^id.PeekEncodedValue().Length];
        var serial = id.ReadIntegerBytes();
        id.ThrowIfNotEmpty();
        return new(encoded, issuer, serial.Span);
    }

    /// <returns>False: a critical extension that is not understood, one that stands twice, or a nonce of a wrong length.</returns>
    private static bool Extensions(AsnReader wrapper, ref Octets? nonce)
    {
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (list.HasData)
        {
            var extension = list.ReadSequence();
            var type = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            var value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (!seen.Add(type) || (type != NonceType && critical))
                return false;
            if (type != NonceType)
                continue;
            nonce = Nonce(value);
            if (nonce is null)
                return false;
        }

        return true;
    }

    private static Octets? Nonce(byte[] value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        var nonce = reader.ReadOctetString();
        reader.ThrowIfNotEmpty();
        return nonce.Length is > 0 and <= LongestNonce ? Octets.From(nonce) : null;
    }

    private static bool Next(AsnReader reader, Asn1Tag tag) => reader.HasData && reader.PeekTag() == tag;
}
