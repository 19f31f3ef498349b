using System.Security.Cryptography;
using Jpki.Audit.Notes;
using Jpki.Domain;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Jpki.Pki.Notes;

/// <summary>A private key for notes, kept in memory. Its text form is <c>PRIVATE+KEY+name+hash+seed</c>, which Go's note tools read and write, too.</summary>
public sealed class Ed25519NoteSigner : INoteSigner
{
    private const string Prefix = "PRIVATE+KEY+";

    private readonly byte[] _seed;

    private Ed25519NoteSigner(string name, NoteKeyKind kind, byte[] seed)
    {
        var publicKey = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, publicKey, 0);
        (_seed, Key) = (seed, new(name, kind, Octets.From(publicKey)));
    }

    /// <inheritdoc/>
    public NoteKey Key { get; }

    /// <summary>A new key.</summary>
    /// <exception cref="ArgumentException">No key may have this name.</exception>
    public static Ed25519NoteSigner Generate(string name, NoteKeyKind kind) => NoteKey.IsName(name)
        ? new(name, kind, RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize))
        : throw new ArgumentException("A key's name has no spaces and no plus sign.", nameof(name));

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none. The text is not repeated in the message.</exception>
    public static Ed25519NoteSigner Parse(string text)
    {
        var octets = new byte[1 + Ed25519.SecretKeySize];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || text[Prefix.Length..].Trim().Split('+', 3) is not [var name, var hash, var seed]
            || !NoteKey.IsName(name)
            || !Convert.TryFromBase64String(seed, octets, out var length) || length != octets.Length
            || !Enum.IsDefined((NoteKeyKind)octets[0]))
            throw new FormatException("This is no private key for notes.");

        var signer = new Ed25519NoteSigner(name, (NoteKeyKind)octets[0], octets[1..]);
        return $"{signer.Key.Hash:x8}" == hash ? signer : throw new FormatException("The hash of the private key for notes does not fit it.");
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, message.ToArray(), 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>The text form, which is the secret itself: for a file that nobody else reads.</summary>
    public string ToPrivateText() => $"{Prefix}{Key.Name}+{Key.Hash:x8}+{Convert.ToBase64String([(byte)Key.Kind, .. _seed])}";
}
