using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Jpki.Audit.Merkle;

/// <summary>A hash of a Merkle tree by RFC 6962, section 2.1: 32 octets of SHA-256, of a leaf, of a node or of a whole tree.</summary>
public readonly struct TreeHash : IEquatable<TreeHash>
{
    /// <summary>32 octets.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    // A leaf can't be passed off as a node: what is hashed begins differently (RFC 6962, section 2.1).
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int OnStack = 1024;

    private readonly Octets32 _octets;

    /// <param name="octets">Exactly 32.</param>
    /// <exception cref="ArgumentException">Any other number.</exception>
    public TreeHash(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != Size)
            throw new ArgumentException($"A tree's hash has {Size} octets.", nameof(octets));
        octets.CopyTo(_octets);
    }

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static TreeHash OfNothing { get; } = new(SHA256.HashData([]));

    /// <summary>The 32 octets.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => _octets;

    /// <summary>The hash of a leaf with this content.</summary>
    public static TreeHash OfLeaf(ReadOnlySpan<byte> record)
    {
        var length = 1 + record.Length;
        var input = length <= OnStack ? stackalloc byte[length] : new byte[length];
        input[0] = LeafPrefix;
        record.CopyTo(input[1..]);
        return Sha256(input);
    }

    /// <summary>The hash of the node above these two.</summary>
    public static TreeHash OfNode(in TreeHash left, in TreeHash right)
    {
        Span<byte> input = stackalloc byte[1 + 2 * Size];
        input[0] = NodePrefix;
        left.Span.CopyTo(input[1..]);
        right.Span.CopyTo(input[(1 + Size)..]);
        return Sha256(input);
    }

    public static bool TryFromBase64(string text, out TreeHash hash)
    {
        Span<byte> octets = stackalloc byte[Size];
        var fits = Convert.TryFromBase64String(text, octets, out var length) && length == Size;
        hash = fits ? new(octets) : default;
        return fits;
    }

    public string ToBase64() => Convert.ToBase64String(Span);

    public byte[] ToArray() => Span.ToArray();

    public bool Equals(TreeHash other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is TreeHash other && Equals(other);

    public override int GetHashCode() => MemoryMarshal.Read<int>(Span);

    public static bool operator ==(TreeHash left, TreeHash right) => left.Equals(right);

    public static bool operator !=(TreeHash left, TreeHash right) => !left.Equals(right);

    /// <summary>Base64, as checkpoints and proofs write it.</summary>
    public override string ToString() => ToBase64();

    private static TreeHash Sha256(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(input, digest);
        return new(digest);
    }

    [System.Runtime.CompilerServices.InlineArray(Size)]
    private struct Octets32
    {
        private byte _first;
    }
}
