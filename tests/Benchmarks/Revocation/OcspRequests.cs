using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Revocation;

/// <summary>What a relying party sends (RFC 6960 4.1.1), for one certificate and with SHA-1 as clients do.</summary>
internal static class OcspRequests
{
    private const string Sha1 = "1.3.14.3.2.26";
    private const string Nonce = "1.3.6.1.5.5.7.48.1.2";

    /// <param name="nonce">None lets the responder answer from what it has signed before.</param>
    public static byte[] For(X509Certificate2 issuer, SerialNumber serial, byte[]? nonce = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
                WriteIdentifier(writer, issuer, serial);
            if (nonce is not null)
                WriteNonce(writer, nonce);
        }

        return writer.Encode();
    }

    /// <summary>Whether the one certificate asked about is said to be revoked or on hold.</summary>
    public static bool SaysRevoked(byte[] response)
    {
        var outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        outer.ReadEnumeratedBytes();
        var wrapper = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        wrapper.ReadObjectIdentifier();
        var data = new AsnReader(wrapper.ReadOctetString(), AsnEncodingRules.DER).ReadSequence().ReadSequence();
        data.ReadEncodedValue(); // responderID
        data.ReadEncodedValue(); // producedAt
        var single = data.ReadSequence().ReadSequence();
        single.ReadEncodedValue(); // certID
        return single.PeekTag().HasSameClassAndValue(new Asn1Tag(TagClass.ContextSpecific, 1));
    }

    private static void WriteIdentifier(AsnWriter writer, X509Certificate2 issuer, SerialNumber serial)
    {
        using var identifier = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Sha1);
            writer.WriteNull();
        }

#pragma warning disable CA5350 // RFC 6960 4.1.1: an identifier, not a defence.
        writer.WriteOctetString(SHA1.HashData(issuer.SubjectName.RawData));
        writer.WriteOctetString(SHA1.HashData(issuer.PublicKey.EncodedKeyValue.RawData));
#pragma warning restore CA5350
        writer.WriteIntegerUnsigned(serial.ToOctets());
    }

    private static void WriteNonce(AsnWriter writer, byte[] nonce)
    {
        using var extensions = writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2));
        using var list = writer.PushSequence();
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier(Nonce);
        var value = new AsnWriter(AsnEncodingRules.DER);
        value.WriteOctetString(nonce);
        writer.WriteOctetString(value.Encode());
    }
}
