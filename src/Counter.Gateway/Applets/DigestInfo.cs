using System.Security.Cryptography;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>What the card signs: a hash with its algorithm's name (RFC 8017 §9.2 and appendix B.1).</summary>
public static class DigestInfo
{
    // RFC 8017 §9.2 note 1: DER of the DigestInfo for SHA-256 up to the hash.
    private static readonly byte[] Sha256Prefix = Convert.FromHexString("3031300D060960864801650304020105000420");

    /// <summary>The DigestInfo of the SHA-256 hash of <paramref name="message"/>, 51 bytes.</summary>
    public static byte[] Sha256(ReadOnlySpan<byte> message) => [.. Sha256Prefix, .. SHA256.HashData(message)];
}
