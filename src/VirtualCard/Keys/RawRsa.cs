using System.Numerics;
using System.Security.Cryptography;

namespace Jpki.VirtualCard.Keys;

/// <summary>
/// RSA as a card does it: RSASSA-PKCS1-v1_5 padding (RFC 8017, 9.2) around a DigestInfo that came from outside and is not
/// parsed. .NET's RSA insists on knowing the hash, so the private-key operation is done here. It is not blinded and not
/// constant in time: good enough for a simulated card, whose keys lie in a file, and for nothing else.
/// </summary>
internal static class RawRsa
{
    public const int KeyBits = 2048;
    public const int MaximumDigestInfo = SignatureLength - PaddingOverhead;

    private const int SignatureLength = KeyBits / 8;
    private const int PaddingOverhead = 11;

    /// <param name="privateKey">PKCS#1 RSAPrivateKey of a 2048-bit key.</param>
    /// <param name="digestInfo">1 to <see cref="MaximumDigestInfo"/> bytes of any content.</param>
    /// <returns>256 bytes.</returns>
    public static byte[] Sign(byte[] privateKey, ReadOnlySpan<byte> digestInfo)
    {
        using var rsa = Import(privateKey);
        var key = rsa.ExportParameters(includePrivateParameters: true);
        var message = Number(Pad(digestInfo));
        var (p, q) = (Number(key.P!), Number(key.Q!));
        // The Chinese remainder theorem (RFC 8017, 5.1.2) makes this four times faster than one exponentiation.
        var modP = BigInteger.ModPow(message, Number(key.DP!), p);
        var modQ = BigInteger.ModPow(message, Number(key.DQ!), q);
        var h = (modP - modQ) * Number(key.InverseQ!) % p;
        return ToFixedLength(modQ + (q * (h.Sign < 0 ? h + p : h)));
    }

    public static RSAParameters PublicKeyOf(byte[] privateKey)
    {
        using var rsa = Import(privateKey);
        return rsa.ExportParameters(includePrivateParameters: false);
    }

    /// <summary>00 01 FF … FF 00 DigestInfo.</summary>
    private static byte[] Pad(ReadOnlySpan<byte> digestInfo)
    {
        var block = new byte[SignatureLength];
        block[1] = 0x01;
        block.AsSpan(2, SignatureLength - digestInfo.Length - 3).Fill(0xFF);
        digestInfo.CopyTo(block.AsSpan(SignatureLength - digestInfo.Length));
        return block;
    }

    private static RSA Import(byte[] privateKey)
    {
        var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(privateKey, out _);
        return rsa;
    }

    private static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static byte[] ToFixedLength(BigInteger number)
    {
        var result = new byte[SignatureLength];
        var length = number.GetByteCount(isUnsigned: true);
        number.TryWriteBytes(result.AsSpan(SignatureLength - length), out _, isUnsigned: true, isBigEndian: true);
        return result;
    }
}
