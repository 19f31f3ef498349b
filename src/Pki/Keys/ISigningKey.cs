using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>署名鍵: an authority's private key, wherever it lives: in a file, or behind PKCS#11. Safe for concurrent use.</summary>
public interface ISigningKey : IDisposable
{
    KeyAlgorithm Algorithm { get; }

    /// <summary>DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7).</summary>
    Octets PublicKey { get; }

    /// <summary>
    /// Hashes and signs. Keys in files, and RSA in tokens, give the same signature for the same data; ECDSA in a token gives another one
    /// each time, all of them valid. Nobody may rest on the octets being the same: what has to be one is made so by recording the
    /// octets before anybody sees them.
    /// </summary>
    /// <exception cref="KeyUnavailableException">The key lies in a token that does not answer.</exception>
    /// <returns>The signature as it stands in a signatureValue: PKCS#1 v1.5, or DER ECDSA-Sig-Value (RFC 3279 2.2.3).</returns>
    byte[] Sign(ReadOnlySpan<byte> data);

    /// <summary>Signs what the caller has hashed, for data too long to hold in memory.</summary>
    /// <param name="digest">SHA-256 (RSA) or SHA-384 (ECDSA) of the data; see <see cref="KeyAlgorithms.Digest"/>.</param>
    /// <returns>What <see cref="Sign"/> of the data would give.</returns>
    /// <exception cref="KeyUnavailableException">The key lies in a token that does not answer.</exception>
    byte[] SignDigest(ReadOnlySpan<byte> digest);
}
