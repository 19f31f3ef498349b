using System.Diagnostics.CodeAnalysis;
using Jpki.Domain;

namespace Jpki.Pki.Ocsp;

/// <summary>Looks octets up by a span of a request, without a copy.</summary>
internal sealed class OctetsComparer : IEqualityComparer<Octets>, IAlternateEqualityComparer<ReadOnlySpan<byte>, Octets>
{
    public static readonly OctetsComparer Instance = new();

    public bool Equals(Octets x, Octets y) => x == y;

    public bool Equals(ReadOnlySpan<byte> alternate, Octets other) => alternate.SequenceEqual(other.Span);

    public int GetHashCode([DisallowNull] Octets obj) => GetHashCode(obj.Span);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = default(HashCode);
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public Octets Create(ReadOnlySpan<byte> alternate) => Octets.From(alternate);
}
