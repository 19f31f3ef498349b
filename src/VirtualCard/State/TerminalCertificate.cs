using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.VirtualCard.State;

/// <summary>端末証明書 (simulated, our own format): who may personalise, until which day, signed by the terminal authority.</summary>
/// <param name="PublicKey">P-256, uncompressed, 65 bytes.</param>
/// <param name="TerminalId">16 bytes ASCII, space padded.</param>
internal sealed record TerminalCertificate(byte[] PublicKey, byte[] TerminalId)
{
    public const int Length = SignedLength + P256Signature.Length;

    private const int IdLength = 16;
    private const int DayLength = 8;
    private const int SignedLength = P256Signature.PublicKeyLength + IdLength + DayLength;

    /// <summary>Null when the signature is not the authority's or the last day, which is inclusive, has passed.</summary>
    /// <param name="body">Key ‖ id ‖ YYYYMMDD ‖ r ‖ s, exactly <see cref="Length"/> bytes.</param>
    /// <param name="authority">The authority's public key, 65 bytes.</param>
    /// <param name="today">The day in Japan.</param>
    public static TerminalCertificate? Accept(ReadOnlySpan<byte> body, ReadOnlySpan<byte> authority, DateOnly today)
    {
        var signed = body[..SignedLength];
        if (!P256Signature.Verify(authority, signed, body[SignedLength..]))
            return null;
        var lastDay = Encoding.ASCII.GetString(signed[^DayLength..]);
        if (!DateOnly.TryParseExact(lastDay, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var validUntil))
            return null;
        return today > validUntil
            ? null
            : new(signed[..P256Signature.PublicKeyLength].ToArray(), signed.Slice(P256Signature.PublicKeyLength, IdLength).ToArray());
    }

    /// <summary>Whether the terminal has signed this challenge together with its own id.</summary>
    public bool HasSigned(ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> signature) =>
        P256Signature.Verify(PublicKey, [.. challenge, .. TerminalId], signature);
}

/// <summary>ECDSA over P-256 with SHA-256 (FIPS 186-5), keys and signatures as plain concatenated numbers.</summary>
internal static class P256Signature
{
    public const int Length = 64;
    public const int PublicKeyLength = 65;

    private const byte Uncompressed = 0x04;

    /// <summary>False also for a key that is no point of the curve.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = TryImport(publicKey);
        return key is not null
            && key.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey)
    {
        using var key = TryImport(publicKey);
        return key is not null;
    }

    private static ECDsa? TryImport(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != PublicKeyLength || publicKey[0] != Uncompressed)
            return null;
        var point = new ECPoint { X = publicKey[1..33].ToArray(), Y = publicKey[33..].ToArray() };
        try
        {
            return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
