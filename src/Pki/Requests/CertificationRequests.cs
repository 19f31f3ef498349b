using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Jpki.Pki.Requests;

/// <summary>
/// 証明書発行要求 (PKCS#10, RFC 2986): the card's proof that it holds the private key. Whatever arrives, the answer is a value.
/// </summary>
public static class CertificationRequests
{
    /// <summary>Octets. A request for RSA-2048 takes about 700.</summary>
    public const int LongestRequest = 4096;

    private const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    private const string CommonNameType = "2.5.4.3";
    private const int LongestCommonName = 64; // RFC 5280 appendix A.1, ub-common-name

    private static readonly Asn1Tag AttributesTag = new(TagClass.ContextSpecific, 0);

    public static RequestResult Verify(ReadOnlySpan<byte> pkcs10)
    {
        if (pkcs10.Length > LongestRequest)
            return Reject(RequestFault.TooLong);
        try
        {
            return Read(pkcs10.ToArray());
        }
        catch (Exception malformed) when (malformed is AsnContentException or CryptographicException)
        {
            return Reject(RequestFault.Malformed);
        }
    }

    private static RequestResult Read(byte[] pkcs10)
    {
        var file = new AsnReader(pkcs10, AsnEncodingRules.DER);
        var request = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var signed = request.PeekEncodedValue();
        var info = request.ReadSequence();
        var algorithm = request.ReadSequence();
        var signature = request.ReadBitString(out var unusedBits);
        request.ThrowIfNotEmpty();

        var commonName = CommonName(info, out var wellFormed);
        var key = SubjectKey.Parse(info.ReadEncodedValue().Span);
        // Attributes are for other authorities (a challenge password, extensions): ours decides from its own records alone.
        info.ReadSetOf(AttributesTag);
        info.ThrowIfNotEmpty();
        return !wellFormed || unusedBits != 0 ? Reject(RequestFault.Malformed)
            : commonName is null ? Reject(RequestFault.CommonName)
            : key is SubjectKey.Unfit unfit ? Reject(unfit.Fault)
            : !IsSha256WithRsa(algorithm) ? Reject(RequestFault.SignatureAlgorithm)
            : Judge((SubjectKey.Fit)key, commonName, signed.Span, signature);
    }

    private static RequestResult Judge(SubjectKey.Fit key, string commonName, ReadOnlySpan<byte> signed, byte[] signature)
    {
        if (!RsaModulus.IsSound(key.Modulus))
            return Reject(RequestFault.Modulus);
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        return rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ? new RequestProven(key.SubjectPublicKeyInfo, commonName)
            : Reject(RequestFault.Signature);
    }

    /// <summary>Reads version and subject.</summary>
    /// <param name="wellFormed">False when the version is not 0, the only one RFC 2986 has.</param>
    private static string? CommonName(AsnReader info, out bool wellFormed)
    {
        wellFormed = info.TryReadInt32(out var version) && version == 0;
        var names = new List<string?>();
        var subject = info.ReadSequence();
        while (subject.HasData)
        {
            var relative = subject.ReadSetOf();
            while (relative.HasData)
            {
                var attribute = relative.ReadSequence();
                if (attribute.ReadObjectIdentifier() == CommonNameType)
                    names.Add(Text(attribute));
                else
                    attribute.ReadEncodedValue();
                attribute.ThrowIfNotEmpty();
            }
        }

        return names is [{ Length: > 0 and <= LongestCommonName } only] ? only : null;
    }

    private static string? Text(AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        if (tag.HasSameClassAndValue(new Asn1Tag(UniversalTagNumber.UTF8String)))
            return attribute.ReadCharacterString(UniversalTagNumber.UTF8String);
        if (tag.HasSameClassAndValue(new Asn1Tag(UniversalTagNumber.PrintableString)))
            return attribute.ReadCharacterString(UniversalTagNumber.PrintableString);
        attribute.ReadEncodedValue();
        return null;
    }

    private static bool IsSha256WithRsa(AsnReader algorithm)
    {
        if (algorithm.ReadObjectIdentifier() != Sha256WithRsa)
            return false;
        algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        return true;
    }

    private static RequestRejected Reject(RequestFault fault) => fault switch
    {
        RequestFault.TooLong => new(fault, "発行要求が長すぎます。", "The request is too long."),
        RequestFault.Malformed => new(fault, "発行要求の形式が正しくありません。", "The request is not a well-formed PKCS#10 structure."),
        RequestFault.CommonName => new(fault, "発行要求の識別名が正しくありません。", "The request must name exactly one common name."),
        RequestFault.KeyType => new(fault, "鍵の種類がRSAではありません。", "The key is not an RSA key."),
        RequestFault.KeySize => new(fault, "鍵の長さが2048ビットではありません。", "The key does not have 2048 bits."),
        RequestFault.Exponent => new(fault, "鍵の公開指数が65537ではありません。", "The key's public exponent is not 65537."),
        RequestFault.Modulus => new(fault, "鍵に既知の弱点があります。カードで鍵を作り直してください。", "The key has a known weakness. Generate another on the card."),
        RequestFault.SignatureAlgorithm => new(fault, "発行要求の署名方式がSHA-256とRSAではありません。", "The request is not signed with SHA-256 and RSA."),
        RequestFault.Signature => new(fault, "カードが秘密鍵を持つことを確認できません。", "The request does not prove possession of the private key."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
