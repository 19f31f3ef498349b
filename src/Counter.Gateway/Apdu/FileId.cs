using System.Buffers.Binary;

namespace Jpki.Counter.Gateway.Apdu;

/// <summary>Two-byte name of an elementary file (EF) within an application.</summary>
public readonly record struct FileId(ushort Value)
{
    /// <summary>Big-endian, as commands carry it.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Value);
        return bytes;
    }
}
