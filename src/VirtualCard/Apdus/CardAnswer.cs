using System.Buffers.Binary;

namespace Jpki.VirtualCard.Apdus;

/// <summary>レスポンス APDU: data, then the status word.</summary>
internal readonly record struct CardAnswer(ReadOnlyMemory<byte> Data, ushort Status)
{
    public static implicit operator CardAnswer(StatusWord status) => new(default, (ushort)status);

    public static CardAnswer Success(ReadOnlyMemory<byte> data) => new(data, (ushort)StatusWord.Success);

    public static CardAnswer TriesLeft(int tries) => new(default, (ushort)((int)StatusWord.TriesLeft | tries));

    /// <param name="data">What this answer carries.</param>
    /// <param name="waiting">How many bytes are still to be fetched; zero makes it a plain success.</param>
    public static CardAnswer Chained(ReadOnlyMemory<byte> data, int waiting) =>
        waiting == 0 ? Success(data) : new(data, (ushort)((int)StatusWord.BytesWaiting | (waiting >= 256 ? 0 : waiting)));

    public byte[] ToBytes()
    {
        var bytes = new byte[Data.Length + 2];
        Data.Span.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(Data.Length), Status);
        return bytes;
    }
}
