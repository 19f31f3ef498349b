using System.Buffers;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Jpki.Pki.Revocation;

/// <summary>
/// Reads a DER file of any length from front to end through one block of memory, and hashes on the way: the whole, and the part that is
/// signed.
/// </summary>
internal sealed class DerFileReader : IDisposable
{
    private const int BlockLength = 128 * 1024;
    private const int LongestHeader = 6; // tag, and a length of up to four octets

    private readonly FileStream file;
    private readonly byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
    private readonly IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash signed;
    private long signedFrom = long.MaxValue;
    private long signedUntil = long.MaxValue;

    // The block holds the file from `origin` on; up to `start` it has been read, at `end` it ends.
    private long origin;
    private int start;
    private int end;

    public DerFileReader(string path, HashAlgorithmName digest)
    {
        file = new(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        signed = IncrementalHash.CreateHash(digest);
        Length = file.Length;
    }

    public long Length { get; }

    public long Position => origin + start;

    /// <summary>What comes next, without moving; fewer octets at the end of the file.</summary>
    /// <param name="count">At most the block's length.</param>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (end - start < count)
            Refill();
        return block.AsSpan(start, Math.Min(count, end - start));
    }

    /// <param name="count">Octets that have been peeked at.</param>
    public void Skip(int count) => start += count;

    /// <summary>Moves behind tag and length.</summary>
    /// <returns>Length of the content that follows.</returns>
    /// <exception cref="AsnContentException">Something else stands here.</exception>
    public int ReadHeader(Asn1Tag expected)
    {
        var (tag, length, headerLength) = PeekHeader();
        if (tag != expected)
            throw new AsnContentException();
        Skip(headerLength);
        return length;
    }

    public bool IsNext(Asn1Tag expected) => PeekHeader().Tag == expected;

    /// <summary>One whole value, header included; good until the next call.</summary>
    /// <exception cref="AsnContentException">None stands here, or it is longer than any field but the entries can be.</exception>
    public ReadOnlySpan<byte> ReadValue()
    {
        var (_, length, headerLength) = PeekHeader();
        if (length > BlockLength - LongestHeader || Peek(headerLength + length).Length < headerLength + length)
            throw new AsnContentException();
        var value = Peek(headerLength + length);
        Skip(value.Length);
        return value;
    }

    /// <summary>The signed part begins here and is the next value, header included.</summary>
    public void BeginSigned()
    {
        var (_, length, headerLength) = PeekHeader();
        (signedFrom, signedUntil) = (Position, Position + headerLength + length);
    }

    /// <summary>To be called once, at the end: reads what is left, too.</summary>
    public (byte[] Whole, byte[] Signed) Hashes()
    {
        do
        {
            start = end;
            Refill();
        }
        while (end > 0);

        return (whole.GetHashAndReset(), signed.GetHashAndReset());
    }

    public void Dispose()
    {
        file.Dispose();
        whole.Dispose();
        signed.Dispose();
        ArrayPool<byte>.Shared.Return(block);
    }

    private (Asn1Tag Tag, int Length, int HeaderLength) PeekHeader()
    {
        var header = Peek(LongestHeader);
        var tag = Asn1Tag.Decode(header, out var tagLength);
        var length = AsnDecoder.DecodeLength(header[tagLength..], AsnEncodingRules.DER, out var lengthLength);
        return length is { } definite ? (tag, definite, tagLength + lengthLength) : throw new AsnContentException();
    }

    private void Refill()
    {
        Hash(block.AsSpan(0, start));
        block.AsSpan(start, end - start).CopyTo(block);
        (origin, end, start) = (origin + start, end - start, 0);
        for (int read; end < BlockLength && (read = file.Read(block, end, BlockLength - end)) > 0;)
            end += read;
    }

    private void Hash(ReadOnlySpan<byte> octets)
    {
        whole.AppendData(octets);
        var from = Math.Clamp(signedFrom - origin, 0, octets.Length);
        var until = Math.Clamp(signedUntil - origin, 0, octets.Length);
        signed.AppendData(octets[(int)from..(int)until]);
    }
}
