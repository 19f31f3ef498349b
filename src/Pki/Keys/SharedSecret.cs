using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.Pki.Keys;

/// <summary>
/// 二人の合言葉: the store's secret, made of two parts that two officers hold, neither of whom can open a key alone
/// (docs/decisions/0018-keys-in-two-hands.md).
/// </summary>
/// <remarks>
/// Plain SHA-256 suffices to join them: the result is a passphrase, and the costly salted derivation that slows guessing (PBKDF2) is already
/// inside PKCS#8, the counter of wrong PINs inside a token. Somebody who holds one part still guesses the whole other part through these.
/// </remarks>
public static class SharedSecret
{
    private static readonly byte[] Domain = "JPKI Orleans: store secret of two parts, v1"u8.ToArray();

    /// <summary>Why these may not be the two parts, in a sentence for the officers; null when they may.</summary>
    public static string? Problem(string first, string second)
    {
        if (first.Length < AuthorityStore.ShortestPassphrase || second.Length < AuthorityStore.ShortestPassphrase)
            return $"Each passphrase must have at least {AuthorityStore.ShortestPassphrase} characters.";
        // Letters outside ASCII have several encodings that look alike, and another keyboard gives another one.
        if (!first.Concat(second).All(each => each is >= ' ' and <= '~'))
            return "A passphrase consists of printable ASCII characters.";
        return first == second ? "The two passphrases are equal: then one officer would know both." : null;
    }

    /// <summary>The store's secret: 44 characters.</summary>
    /// <param name="first">The first officer's part; the order matters.</param>
    /// <exception cref="ArgumentException">They have a <see cref="Problem"/>.</exception>
    public static string Combine(string first, string second)
    {
        if (Problem(first, second) is { } problem)
            throw new ArgumentException(problem);
        var part = Encoding.ASCII.GetBytes(first);
        Span<byte> length = stackalloc byte[sizeof(int)];
        // Without the length, "ab" + "c" and "a" + "bc" would be one secret.
        BinaryPrimitives.WriteInt32BigEndian(length, part.Length);
        return Convert.ToBase64String(SHA256.HashData([.. Domain, .. length, .. part, .. Encoding.ASCII.GetBytes(second)]));
    }
}
