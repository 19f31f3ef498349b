using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>鍵生成: makes a pair inside the token. The private half is sensitive and cannot be taken out, by us or anybody.</summary>
internal static class TokenKeyPair
{
    private const string P384 = "1.3.132.0.34"; // secp384r1, SEC 2

    /// <returns>DER SubjectPublicKeyInfo. The pair's CKA_ID is its key identifier (RFC 5280 4.2.1.2, method 1).</returns>
    public static byte[] Generate(TokenSession session, CertificateKind kind, KeyAlgorithm algorithm)
    {
        var label = $"jpki {kind.PathName()}";
        var (publicKey, privateKey) = algorithm == KeyAlgorithm.Rsa2048Sha256
            ? session.Generate(CKM.CKM_RSA_PKCS_KEY_PAIR_GEN, Public(label, (CKA.CKA_MODULUS_BITS, 2048UL), (CKA.CKA_PUBLIC_EXPONENT, new byte[] { 1, 0, 1 })), Private(label))
            : session.Generate(CKM.CKM_EC_KEY_PAIR_GEN, Public(label, (CKA.CKA_EC_PARAMS, NamedCurve())), Private(label));
        try
        {
            var info = algorithm == KeyAlgorithm.Rsa2048Sha256 ? RsaInfo(session, publicKey) : EcdsaInfo(session, publicKey);
            var keyId = Authority.KeyIdentifier(info);
            session.Write(publicKey, CKA.CKA_ID, keyId);
            session.Write(privateKey, CKA.CKA_ID, keyId);
            return info;
        }
        catch
        {
            // Without its identifier nobody would find it again.
            session.Destroy(privateKey);
            session.Destroy(publicKey);
            throw;
        }
    }

    private static List<IObjectAttribute> Private(string label) =>
    [
        Attribute(CKA.CKA_TOKEN, true), Attribute(CKA.CKA_PRIVATE, true), Attribute(CKA.CKA_SENSITIVE, true), Attribute(CKA.CKA_EXTRACTABLE, false),
        Attribute(CKA.CKA_SIGN, true), Attribute(CKA.CKA_DECRYPT, false), Attribute(CKA.CKA_UNWRAP, false), Attribute(CKA.CKA_LABEL, label),
    ];

    private static List<IObjectAttribute> Public(string label, params IEnumerable<(CKA Type, object Value)> parameters) =>
    [
        Attribute(CKA.CKA_TOKEN, true), Attribute(CKA.CKA_PRIVATE, false), Attribute(CKA.CKA_VERIFY, true), Attribute(CKA.CKA_LABEL, label),
        .. parameters.Select(each => Attribute(each.Type, each.Value)),
    ];

    private static IObjectAttribute Attribute(CKA type, object value)
    {
        var factory = TokenModules.Factories.ObjectAttributeFactory;
        return value switch
        {
            bool flag => factory.Create(type, flag),
            ulong number => factory.Create(type, number),
            string text => factory.Create(type, text),
            byte[] octets => factory.Create(type, octets),
            _ => throw new ArgumentException("No such attribute value.", nameof(value)),
        };
    }

    private static byte[] NamedCurve()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(P384);
        return writer.Encode();
    }

    private static byte[] RsaInfo(TokenSession session, IObjectHandle key)
    {
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = session.Read(key, CKA.CKA_MODULUS),
            Exponent = session.Read(key, CKA.CKA_PUBLIC_EXPONENT),
        });
        return rsa.ExportSubjectPublicKeyInfo();
    }

    private static byte[] EcdsaInfo(TokenSession session, IObjectHandle key)
    {
        const int coordinate = 48;
        var point = session.Read(key, CKA.CKA_EC_POINT);
        // The standard wraps the point into an OCTET STRING; some modules leave the wrapping out.
        var bare = point.Length == 1 + (2 * coordinate) ? point : AsnDecoder.ReadOctetString(point, AsnEncodingRules.DER, out _);
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP384,
            Q = new ECPoint { X = bare[1..(1 + coordinate)], Y = bare[(1 + coordinate)..] },
        });
        return ecdsa.ExportSubjectPublicKeyInfo();
    }
}
