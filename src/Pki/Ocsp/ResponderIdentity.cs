using System.Formats.Asn1;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Ocsp;

/// <summary>レスポンダ: a key pair with the certificate by which it speaks for one generation of an authority.</summary>
internal sealed class ResponderIdentity
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag2 = new(TagClass.ContextSpecific, 2);

    public ResponderIdentity(ResponderKey key, ResponderCertificate certificate)
    {
        Key = key;
        Certificate = certificate;
        Certificates = Encode(writer =>
        {
            using (writer.PushSequence(Tag0))
            using (writer.PushSequence())
                writer.WriteEncodedValue(certificate.Encoded.Span);
        });
        ResponderId = Encode(writer =>
        {
            using (writer.PushSequence(Tag2))
                writer.WriteOctetString(Authority.KeyIdentifier(key.PublicKey.Span));
        });
        SignatureAlgorithm = Encode(writer =>
        {
            using (writer.PushSequence())
            {
                // RFC 4055 5: the parameters of RSA signatures are NULL; RFC 5758 3.2: those of ECDSA are absent.
                writer.WriteObjectIdentifier(key.Algorithm == KeyAlgorithm.Rsa2048Sha256 ? "1.2.840.113549.1.1.11" : "1.2.840.10045.4.3.3");
                if (key.Algorithm == KeyAlgorithm.Rsa2048Sha256)
                    writer.WriteNull();
            }
        });
    }

    public ResponderKey Key { get; }

    public ResponderCertificate Certificate { get; }

    /// <summary>BasicOCSPResponse.certs in DER.</summary>
    public byte[] Certificates { get; }

    /// <summary>ResponderID byKey in DER: two generations share the name, so only the key says who speaks.</summary>
    public byte[] ResponderId { get; }

    /// <summary>AlgorithmIdentifier in DER.</summary>
    public byte[] SignatureAlgorithm { get; }

    public bool SpeaksAt(DateTimeOffset instant) => Certificate.NotBefore <= instant && instant < Certificate.NotAfter;

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
