using System.Formats.Asn1;
using Jpki.Domain;

namespace Jpki.Pki.Ocsp;

/// <summary>What one answer says.</summary>
/// <param name="Statuses">One for each certificate, in the request's order; null is unknown.</param>
internal sealed record OcspStatement(OcspRequest Request, RevocationStatus?[] Statuses, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate);

/// <summary>応答の符号化 (RFC 6960 4.2.1), straight to DER: it has to cost little beside the signature.</summary>
internal static class OcspResponseWriter
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const string NonceType = "1.3.6.1.5.5.7.48.1.2";
    private const int UsualStatementLength = 512;
    private const int UsualLength = 3072;
    private const byte EnumeratedTag = 0x0A;

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2);

    /// <summary>OCSPResponse { responseStatus }.</summary>
    public static Octets Failure(OcspFailure failure) => Octets.From([0x30, 0x03, EnumeratedTag, 0x01, (byte)failure]);

    public static Octets Sign(OcspStatement statement, ResponderIdentity responder)
    {
        var data = Data(statement, responder);
        var signature = responder.Key.Sign(data);

        var writer = new AsnWriter(AsnEncodingRules.DER, UsualLength);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue([EnumeratedTag, 0x01, 0x00]);
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(BasicResponse);
                using (writer.PushOctetString())
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(data);
                    writer.WriteEncodedValue(responder.SignatureAlgorithm);
                    writer.WriteBitString(signature);
                    writer.WriteEncodedValue(responder.Certificates);
                }
            }
        }

        return writer.Encode(octets => Octets.From(octets));
    }

    private static byte[] Data(OcspStatement statement, ResponderIdentity responder)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, UsualStatementLength);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(responder.ResponderId);
            writer.WriteGeneralizedTime(statement.ThisUpdate, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                for (var i = 0; i < statement.Statuses.Length; i++)
                    Single(writer, statement.Request.Certificates[i], statement.Statuses[i], statement);
            }

            if (statement.Request.Nonce is { } nonce)
                Nonce(writer, nonce);
        }

        return writer.Encode();
    }

    private static void Single(AsnWriter writer, OcspCertificateId certificate, RevocationStatus? status, OcspStatement statement)
    {
        using var single = writer.PushSequence();
        writer.WriteEncodedValue(certificate.Encoded.Span);
        switch (status)
        {
            case RevocationStatus.Good:
                writer.WriteNull(Tag0);
                break;
            case RevocationStatus.OnHold hold:
                Revoked(writer, hold.At, RevocationReason.CertificateHold);
                break;
            case RevocationStatus.Revoked revoked:
                Revoked(writer, revoked.At, revoked.Reason);
                break;
            default:
                writer.WriteNull(Tag2);
                break;
        }

        writer.WriteGeneralizedTime(statement.ThisUpdate, omitFractionalSeconds: true);
        using (writer.PushSequence(Tag0))
            writer.WriteGeneralizedTime(statement.NextUpdate, omitFractionalSeconds: true);
    }

    private static void Revoked(AsnWriter writer, DateTimeOffset at, RevocationReason reason)
    {
        using var revoked = writer.PushSequence(Tag1);
        writer.WriteGeneralizedTime(at, omitFractionalSeconds: true);
        using (writer.PushSequence(Tag0))
            writer.WriteEncodedValue([EnumeratedTag, 0x01, (byte)reason]);
    }

    private static void Nonce(AsnWriter writer, Octets nonce)
    {
        using var wrapper = writer.PushSequence(Tag1);
        using var extensions = writer.PushSequence();
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier(NonceType);
        using var value = writer.PushOctetString();
        writer.WriteOctetString(nonce.Span);
    }
}
