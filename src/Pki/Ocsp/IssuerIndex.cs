using System.Collections.Frozen;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Ocsp;

/// <summary>
/// 発行者の索引: every way in which a request can name a generation of ours, written out beforehand: four hashes, each with its parameters
/// absent or NULL (RFC 4055 2.1 lets both stand). Finding an issuer is one look-up then.
/// </summary>
internal sealed class IssuerIndex
{
    private static readonly (string Oid, Func<byte[], byte[]> Hash)[] Hashes =
    [
#pragma warning disable CA5350 // RFC 5019 2.1.1 makes SHA-1 the hash of every light client; it names an issuer and defends nothing.
        ("1.3.14.3.2.26", SHA1.HashData),
#pragma warning restore CA5350
        ("2.16.840.1.101.3.4.2.1", SHA256.HashData),
        ("2.16.840.1.101.3.4.2.2", SHA384.HashData),
        ("2.16.840.1.101.3.4.2.3", SHA512.HashData),
    ];

    private readonly FrozenDictionary<Octets, ResponderRotation>.AlternateLookup<ReadOnlySpan<byte>> byIssuer;

    public IssuerIndex(IEnumerable<ResponderRotation> rotations) => byIssuer = rotations
        .SelectMany(rotation => NamesOf(rotation.Authority).Select(name => KeyValuePair.Create(name, rotation)))
        .ToFrozenDictionary(OctetsComparer.Instance)
        .GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <returns>None when the issuer is not ours.</returns>
    public ResponderRotation? Find(OcspCertificateId certificate) => byIssuer.TryGetValue(certificate.Issuer.Span, out var found) ? found : null;

    private static IEnumerable<Octets> NamesOf(Authority authority)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Certificate.Span);
        var name = certificate.SubjectName.RawData;
        var key = certificate.PublicKey.EncodedKeyValue.RawData;
        foreach (var (oid, hash) in Hashes)
        {
            yield return Encode(oid, withNull: true, hash(name), hash(key));
            yield return Encode(oid, withNull: false, hash(name), hash(key));
        }
    }

    private static Octets Encode(string oid, bool withNull, byte[] nameHash, byte[] keyHash)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (withNull)
                writer.WriteNull();
        }

        writer.WriteOctetString(nameHash);
        writer.WriteOctetString(keyHash);
        return writer.Encode(octets => Octets.From(octets));
    }
}
