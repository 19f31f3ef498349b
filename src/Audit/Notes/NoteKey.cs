using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.Audit.Notes;

/// <summary>A public key of a signed note in its text form: <c>name+hash+key</c> (C2SP signed-note), e.g. <c>jpki.example/13207+a1b2c3d4+AX…</c>.</summary>
/// <param name="Name">Whose key: no spaces, no plus sign, not empty.</param>
/// <param name="Kind">What its signatures are.</param>
/// <param name="PublicKey">Ed25519, 32 octets (RFC 8032).</param>
public sealed record NoteKey(string Name, NoteKeyKind Kind, Domain.Octets PublicKey)
{
    /// <summary>Length of an Ed25519 public key in octets.</summary>
    public const int PublicKeySize = 32;

    /// <summary>First 4 octets, big-endian, of SHA-256 over the name, a line feed, the kind's octet and the key: tells keys of one name apart.</summary>
    public uint Hash
    {
        get
        {
            var input = (byte[])[.. Encoding.UTF8.GetBytes(Name), (byte)'\n', (byte)Kind, .. PublicKey.Span];
            return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(input));
        }
    }

    /// <summary>Reads the text form.</summary>
    /// <returns>False when it is none, its hash does not fit the key, or the kind is unknown.</returns>
    public static bool TryParse(string text, out NoteKey key)
    {
        key = null!;
        if (text.Split('+', 3) is not [var name, var hash, var octets] || !IsName(name))
            return false;

        Span<byte> decoded = stackalloc byte[1 + PublicKeySize];
        if (!Convert.TryFromBase64String(octets, decoded, out var length) || length != decoded.Length || !Enum.IsDefined((NoteKeyKind)decoded[0]))
            return false;

        var read = new NoteKey(name, (NoteKeyKind)decoded[0], Domain.Octets.From(decoded[1..]));
        if (!string.Equals(hash, $"{read.Hash:x8}", StringComparison.Ordinal))
            return false;
        key = read;
        return true;
    }

    /// <summary>Whether a key may have this name.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(each => each == '+' || char.IsWhiteSpace(each));

    /// <summary>The text form.</summary>
    public override string ToString() => $"{Name}+{Hash:x8}+{Convert.ToBase64String([(byte)Kind, .. PublicKey.Span])}";
}
