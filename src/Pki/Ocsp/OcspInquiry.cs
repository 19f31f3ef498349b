using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Ocsp;

/// <summary>照会: asks a responder as an outsider does, and reads the answer without the code that wrote it. For the reconciliation.</summary>
public sealed class OcspInquiry
{
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";

    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Good = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Revoked = new(TagClass.ContextSpecific, 1, isConstructed: true);

    private readonly byte[] _nameHash;
    private readonly byte[] _keyHash;

    /// <param name="authority">Of whose certificates it asks.</param>
    public OcspInquiry(Authority authority)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Certificate.Span);
        _nameHash = SHA256.HashData(certificate.SubjectName.RawData);
        _keyHash = SHA256.HashData(certificate.PublicKey.EncodedKeyValue.RawData);
    }

    /// <summary>An OCSPRequest in DER.</summary>
    /// <param name="serials">1 to <see cref="OcspRequestReader.MostCertificates"/>, all of the authority.</param>
    public byte[] Ask(IReadOnlyCollection<SerialNumber> serials)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            foreach (var serial in serials)
                WriteRequest(writer, serial);
        }

        return writer.Encode();
    }

    /// <summary>What a successful OCSPResponse says of each certificate; null stands for unknown.</summary>
    /// <returns>Null when the responder refused to answer.</returns>
    /// <exception cref="AsnContentException">It is no OCSP response.</exception>
    public static IReadOnlyDictionary<SerialNumber, RevocationStatus?>? Read(ReadOnlyMemory<byte> response)
    {
        var outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        if (outer.ReadEnumeratedBytes().Span is not [0])
            return null;
        var bytes = outer.ReadSequence(Tag0).ReadSequence();
        bytes.ReadObjectIdentifier();
        var data = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.DER).ReadSequence().ReadSequence();
        data.ReadEncodedValue(); // responder
        data.ReadEncodedValue(); // producedAt
        var answers = data.ReadSequence();
        var found = new Dictionary<SerialNumber, RevocationStatus?>();
        while (answers.HasData)
        {
            var single = answers.ReadSequence();
            var id = single.ReadSequence();
            id.ReadEncodedValue();
            id.ReadEncodedValue();
            id.ReadEncodedValue();
            found[SerialNumber.FromOctets(id.ReadIntegerBytes().Span)] = Status(single);
        }

        return found;
    }

    private static RevocationStatus? Status(AsnReader single)
    {
        var tag = single.PeekTag();
        if (tag.HasSameClassAndValue(Good))
            return RevocationStatus.Good.Instance;
        if (!tag.HasSameClassAndValue(Revoked))
            return null;
        var info = single.ReadSequence(Revoked);
        var at = info.ReadGeneralizedTime();
        var reason = info.HasData ? (RevocationReason)info.ReadSequence(Tag0).ReadEnumeratedBytes().Span[0] : default;
        return reason == RevocationReason.CertificateHold ? new RevocationStatus.OnHold(at) : new RevocationStatus.Revoked(reason, at);
    }

    private void WriteRequest(AsnWriter writer, SerialNumber serial)
    {
        using var request = writer.PushSequence();
        using var certificate = writer.PushSequence();
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Sha256);
            writer.WriteNull();
        }

        writer.WriteOctetString(_nameHash);
        writer.WriteOctetString(_keyHash);
        writer.WriteInteger(serial.ToOctets());
    }
}
