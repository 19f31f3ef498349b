using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// 連鎖ハッシュ: what a view has folded, as one number: h(n) = SHA-256(h(n−1) ‖ sequence ‖ version ‖ event id ‖ length and UTF-8 of the stream ‖ length and
/// UTF-8 of the type), integers big-endian (8 octets; lengths 2), h(0) = 32 zero octets. It does not depend on how the events came in pages.
/// </summary>
internal sealed class RunningHash
{
    private const int Longest = 1_024;

    private readonly byte[] _hash;
    private readonly byte[] _buffer = new byte[SHA256.HashSizeInBytes + Longest];

    public RunningHash(long sequence, long count, ReadOnlySpan<byte> hash) => (Sequence, Count, _hash) = (sequence, count, hash.ToArray());

    public static RunningHash Zero => new(0, 0, new byte[SHA256.HashSizeInBytes]);

    /// <summary>Of the last event; 0 before the first.</summary>
    public long Sequence { get; private set; }

    public long Count { get; private set; }

    public byte[] Value => [.. _hash];

    public RunningHash Copy() => new(Sequence, Count, _hash);

    public bool IsSameAs(RunningHash other) => (Sequence, Count) == (other.Sequence, other.Count) && _hash.AsSpan().SequenceEqual(other._hash);

    public void Add(EventRow row)
    {
        var next = _buffer.AsSpan();
        _hash.CopyTo(next);
        var at = SHA256.HashSizeInBytes;
        BinaryPrimitives.WriteInt64BigEndian(next[at..], row.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(next[(at + 8)..], row.Version);
        row.Id.TryWriteBytes(next[(at + 16)..], bigEndian: true, out _);
        at = Put(row.Type, next, Put(row.Stream, next, at + 32));
        SHA256.HashData(next[..at], _hash);
        (Sequence, Count) = (row.Sequence, Count + 1);
    }

    private static int Put(string text, Span<byte> into, int at)
    {
        var length = Encoding.UTF8.GetBytes(text, into[(at + 2)..]);
        BinaryPrimitives.WriteUInt16BigEndian(into[at..], (ushort)length);
        return at + 2 + length;
    }
}
