using System.Collections.Concurrent;
using System.Security.Cryptography;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>
/// 検証鍵: an issuer's public key, read once. Reading costs six times as much as verifying an RSA signature. Safe for concurrent use.
/// </summary>
internal sealed class VerificationKey
{
    // .NET does not promise that one key object may be used by two threads at once; callers borrow one each.
    private readonly ConcurrentBag<AsymmetricAlgorithm> idle = [];
    private readonly byte[] publicKey;
    private readonly KeyAlgorithm algorithm;

    /// <exception cref="CryptographicException">It is no key of its algorithm.</exception>
    public VerificationKey(IssuerFacts issuer)
    {
        (publicKey, algorithm) = (issuer.PublicKey, issuer.Algorithm);
        idle.Add(Read());
    }

    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var borrowed = idle.TryTake(out var key) ? key : Read();
        try
        {
            return borrowed switch
            {
                RSA rsa => rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
                ECDsa ecdsa => ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence),
                _ => throw new InvalidOperationException($"No signature algorithm for {algorithm}."),
            };
        }
        finally
        {
            idle.Add(borrowed);
        }
    }

    private AsymmetricAlgorithm Read()
    {
        AsymmetricAlgorithm key = algorithm == KeyAlgorithm.Rsa2048Sha256 ? RSA.Create() : ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(publicKey, out _);
        return key;
    }
}
