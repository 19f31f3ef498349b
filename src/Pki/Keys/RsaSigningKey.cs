using System.Collections.Concurrent;
using System.Security.Cryptography;
using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>RSA with PKCS#1 v1.5, which is deterministic by itself (RFC 8017 8.2).</summary>
/// <param name="key">Taken over, and disposed with this.</param>
internal sealed class RsaSigningKey(RSA key) : ISigningKey
{
    // .NET does not promise that one RSA object may be used by two threads at once; callers borrow one each.
    private readonly ConcurrentBag<RSA> idle = [key];
    private readonly RSAParameters parameters = key.ExportParameters(includePrivateParameters: true);

    public KeyAlgorithm Algorithm => KeyAlgorithm.Rsa2048Sha256;

    public Octets PublicKey { get; } = Octets.From(key.ExportSubjectPublicKeyInfo());

    public byte[] Sign(ReadOnlySpan<byte> data) => SignDigest(SHA256.HashData(data));

    public byte[] SignDigest(ReadOnlySpan<byte> digest)
    {
        var borrowed = idle.TryTake(out var rsa) ? rsa : RSA.Create(parameters);
        try
        {
            return borrowed.SignHash(digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            idle.Add(borrowed);
        }
    }

    public void Dispose()
    {
        while (idle.TryTake(out var rsa))
            rsa.Dispose();
    }
}
