using System.Collections.Concurrent;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Ocsp;

/// <summary>
/// レスポンダの鍵: made in memory, never stored, gone with the process. Unlike an authority's key it may sign the same answer differently each
/// time, so .NET signs ECDSA here too. Safe for concurrent use.
/// </summary>
internal sealed class ResponderKey
{
    private const int RsaBits = 2048;

    // .NET does not promise that one key object may be used by two threads at once; callers borrow one each.
    private readonly ConcurrentBag<AsymmetricAlgorithm> idle;
    private readonly Func<AsymmetricAlgorithm> again;

    public ResponderKey(KeyAlgorithm algorithm)
    {
        Algorithm = algorithm;
        switch (algorithm)
        {
            case KeyAlgorithm.Rsa2048Sha256:
                var rsa = RSA.Create(RsaBits);
                var rsaParameters = rsa.ExportParameters(includePrivateParameters: true);
                PublicKey = Octets.From(rsa.ExportSubjectPublicKeyInfo());
                (idle, again) = ([rsa], () => RSA.Create(rsaParameters));
                break;
            case KeyAlgorithm.EcdsaP384Sha384:
                var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP384);
                var ecParameters = ecdsa.ExportParameters(includePrivateParameters: true);
                PublicKey = Octets.From(ecdsa.ExportSubjectPublicKeyInfo());
                (idle, again) = ([ecdsa], () => ECDsa.Create(ecParameters));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm));
        }
    }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public Octets PublicKey { get; }

    /// <summary>The signature as it stands in a signatureValue: PKCS#1 v1.5, or DER ECDSA-Sig-Value.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var key = idle.TryTake(out var borrowed) ? borrowed : again();
        try
        {
            return key is RSA rsa
                ? rsa.SignData(data, Algorithm.Digest(), RSASignaturePadding.Pkcs1)
                : ((ECDsa)key).SignData(data, Algorithm.Digest(), DSASignatureFormat.Rfc3279DerSequence);
        }
        finally
        {
            idle.Add(key);
        }
    }
}
