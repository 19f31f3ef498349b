using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Tests.Ocsp;

/// <summary>Writes requests and reads answers with .NET's ASN.1 alone, so that every part can be bent.</summary>
internal static class Asking
{
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string NonceType = "1.3.6.1.5.5.7.48.1.2";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2);

    public static byte[] CertificateId(Authority authority, SerialNumber serial, string hash = Sha1, bool withNull = true)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Certificate.Span);
        return CertificateId(hash, withNull, Hash(hash, certificate.SubjectName.RawData), Hash(hash, certificate.PublicKey.EncodedKeyValue.RawData),
            serial.ToOctets());
    }

    public static byte[] CertificateId(string hash, bool withNull, byte[] nameHash, byte[] keyHash, byte[] serial) => Encode(writer =>
    {
        using var id = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(hash);
            if (withNull)
                writer.WriteNull();
        }

        writer.WriteOctetString(nameHash);
        writer.WriteOctetString(keyHash);
        writer.WriteInteger(serial);
    });

    public static byte[] Request(params byte[][] ids) => Request(ids, extensions: []);

    public static byte[] RequestWithNonce(byte[] id, byte[] nonce) => Request([id], [Extension(NonceType, false, Encode(writer => writer.WriteOctetString(nonce)))]);

    public static byte[] Request(byte[][] ids, byte[][] extensions, byte[][]? singleExtensions = null, Action<AsnWriter>? beforeList = null) => Encode(writer =>
    {
        using var request = writer.PushSequence();
        using var body = writer.PushSequence();
        beforeList?.Invoke(writer);
        using (writer.PushSequence())
        {
            foreach (var id in ids)
            {
                using var single = writer.PushSequence();
                writer.WriteEncodedValue(id);
                Extensions(Tag0, singleExtensions ?? []);
            }
        }

        Extensions(Tag2, extensions);

        void Extensions(Asn1Tag tag, byte[][] list)
        {
            if (list.Length == 0)
                return;
            using var wrapper = writer.PushSequence(tag);
            using var sequence = writer.PushSequence();
            foreach (var each in list)
                writer.WriteEncodedValue(each);
        }
    });

    public static byte[] Extension(string type, bool critical, byte[] value) => Encode(writer =>
    {
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier(type);
        if (critical)
            writer.WriteBoolean(true);
        writer.WriteOctetString(value);
    });

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    /// <summary>Reads an answer and checks its signature under the certificate that comes with it.</summary>
    public static Told Read(Octets answer)
    {
        var response = new AsnReader(answer.ToArray(), AsnEncodingRules.DER).ReadSequence();
        Assert.Equal([0x00], response.ReadEnumeratedBytes().ToArray());
        var basic = new AsnReader(Basic(response), AsnEncodingRules.DER).ReadSequence();
        var signed = basic.PeekEncodedValue();
        var data = basic.ReadSequence();
        basic.ReadSequence();
        var signature = basic.ReadBitString(out _);
        var certificate = X509CertificateLoader.LoadCertificate(basic.ReadSequence(Tag0).ReadSequence().ReadEncodedValue().Span);
        Assert.True(Verifies(certificate, signed.Span, signature), "The answer's signature does not verify.");

        data.ReadSequence(Tag2);
        data.ReadGeneralizedTime();
        var statements = new List<(ReadOnlyMemory<byte> Id, string Status)>();
        var singles = data.ReadSequence();
        while (singles.HasData)
        {
            var single = singles.ReadSequence();
            statements.Add((single.ReadEncodedValue(), Status(single)));
        }

        return new(statements, data.HasData ? data.ReadSequence(Tag1).ReadEncodedValue() : default, certificate);
    }

    private static byte[] Basic(AsnReader response)
    {
        var bytes = response.ReadSequence(Tag0).ReadSequence();
        Assert.Equal("1.3.6.1.5.5.7.48.1.1", bytes.ReadObjectIdentifier());
        return bytes.ReadOctetString();
    }

    private static string Status(AsnReader single)
    {
        var tag = single.PeekTag();
        if (tag.TagValue != 1)
        {
            single.ReadNull(new Asn1Tag(TagClass.ContextSpecific, tag.TagValue));
            return tag.TagValue == 0 ? "good" : "unknown";
        }

        var revoked = single.ReadSequence(Tag1);
        var at = revoked.ReadGeneralizedTime();
        return $"revoked {at:yyyy-MM-dd HH:mm:ss} {revoked.ReadSequence(Tag0).ReadEnumeratedBytes().Span[0]}";
    }

    private static bool Verifies(X509Certificate2 certificate, ReadOnlySpan<byte> signed, byte[] signature)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ecdsa = certificate.GetECDsaPublicKey();
        return rsa?.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            ?? ecdsa!.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static byte[] Hash(string algorithm, byte[] data) => algorithm switch
    {
#pragma warning disable CA5350 // What light clients send (RFC 5019 2.1.1).
        Sha1 => SHA1.HashData(data),
#pragma warning restore CA5350
        Sha256 => SHA256.HashData(data),
        Sha384 => SHA384.HashData(data),
        Sha512 => SHA512.HashData(data),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

/// <param name="Statements">The CertID as repeated, and "good", "unknown" or "revoked TIME REASON".</param>
/// <param name="Extensions">responseExtensions in DER; empty when there are none.</param>
internal sealed record Told(IReadOnlyList<(ReadOnlyMemory<byte> Id, string Status)> Statements, ReadOnlyMemory<byte> Extensions, X509Certificate2 Responder)
{
    public IEnumerable<string> Statuses => Statements.Select(each => each.Status);
}
