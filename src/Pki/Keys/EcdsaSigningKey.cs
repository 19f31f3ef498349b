using System.Security.Cryptography;
using Jpki.Domain;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Jpki.Pki.Keys;

/// <summary>
/// ECDSA P-384 with the nonce of RFC 6979: .NET's own ECDSA draws a random one, which would give a second certificate for the same
/// order, so here BouncyCastle signs (docs/decisions/0004).
/// </summary>
internal sealed class EcdsaSigningKey : ISigningKey
{
    private readonly ECPrivateKeyParameters privateKey;

    /// <param name="key">Read and not kept: the caller disposes it.</param>
    public EcdsaSigningKey(ECDsa key)
    {
        var curve = new ECNamedDomainParameters(SecObjectIdentifiers.SecP384r1, CustomNamedCurves.GetByOid(SecObjectIdentifiers.SecP384r1));
        var d = key.ExportParameters(includePrivateParameters: true).D!;
        privateKey = new ECPrivateKeyParameters(new Org.BouncyCastle.Math.BigInteger(1, d), curve);
        CryptographicOperations.ZeroMemory(d);
        PublicKey = Octets.From(key.ExportSubjectPublicKeyInfo());
    }

    public KeyAlgorithm Algorithm => KeyAlgorithm.EcdsaP384Sha384;

    public Octets PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> data) => SignDigest(SHA384.HashData(data));

    public byte[] SignDigest(ReadOnlySpan<byte> digest)
    {
        var signer = new ECDsaSigner(new HMacDsaKCalculator(new Sha384Digest()));
        signer.Init(forSigning: true, privateKey);
        var signature = signer.GenerateSignature(digest.ToArray());
        return StandardDsaEncoding.Instance.Encode(privateKey.Parameters.N, signature[0], signature[1]);
    }

    public void Dispose()
    {
    }
}
