namespace Jpki.Domain;

/// <summary>Octets with value equality: a DER structure or a key on its way through the domain, which never looks inside.</summary>
public readonly struct Octets : IEquatable<Octets>
{
    private readonly byte[]? _octets;

    private Octets(byte[] octets) => _octets = octets;

    public ReadOnlySpan<byte> Span => _octets;

    public int Length => _octets?.Length ?? 0;

    public bool IsEmpty => Length == 0;

    public static Octets From(ReadOnlySpan<byte> octets) => new(octets.ToArray());

    /// <exception cref="FormatException">The text is not Base64.</exception>
    public static Octets FromBase64(string text) => new(Convert.FromBase64String(text));

    public byte[] ToArray() => Span.ToArray();

    public string ToBase64() => Convert.ToBase64String(Span);

    public bool Equals(Octets other) => Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is Octets other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    public static bool operator ==(Octets left, Octets right) => left.Equals(right);

    public static bool operator !=(Octets left, Octets right) => !left.Equals(right);

    /// <summary>Tells the length only: the content may be personal data.</summary>
    public override string ToString() => $"{Length} octets";
}
