using System.Buffers.Binary;
using Jpki.Domain;

namespace Jpki.Audit.Notes;

/// <summary>A signature's line of a note.</summary>
/// <param name="Name">Of the key.</param>
/// <param name="KeyHash">Of the key, see <see cref="NoteKey.Hash"/>.</param>
/// <param name="Signature">What stands after the hash; its form depends on the key's kind.</param>
public sealed record NoteSignature(string Name, uint KeyHash, Octets Signature)
{
    public static NoteSignature By(NoteKey key, ReadOnlySpan<byte> signature) => new(key.Name, key.Hash, Octets.From(signature));

    /// <summary>Whether it says that it is by this key; not whether it is good.</summary>
    public bool IsBy(NoteKey key) => string.Equals(Name, key.Name, StringComparison.Ordinal) && KeyHash == key.Hash;

    /// <summary>The line, without its end.</summary>
    public override string ToString()
    {
        var octets = new byte[sizeof(uint) + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(octets, KeyHash);
        Signature.Span.CopyTo(octets.AsSpan(sizeof(uint)));
        return $"— {Name} {Convert.ToBase64String(octets)}";
    }
}
