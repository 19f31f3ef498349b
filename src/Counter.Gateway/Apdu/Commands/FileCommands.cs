namespace Jpki.Counter.Gateway.Apdu.Commands;

/// <summary>SELECT an application by its identifier. Ends every PIN verification on the card; the issuer right stays.</summary>
public sealed record SelectApplication(ReadOnlyMemory<byte> Aid) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0xA4, 0x04, 0x0C, Aid);
}

/// <summary>SELECT an elementary file of the current application.</summary>
public sealed record SelectFile(FileId File) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0xA4, 0x02, 0x0C, File.ToBytes());
}

/// <summary>READ BINARY from the selected file.</summary>
/// <param name="Offset">0–32,767: bit 16 would mean a short file identifier.</param>
/// <param name="Length">1–256; a read that crosses the end of the file gives the rest.</param>
public sealed record ReadBinary(int Offset, int Length) : IReadCommand
{
    public CommandApdu ToApdu() => new(0x00, 0xB0, (byte)(Offset >> 8), (byte)Offset, expected: Length);
}

/// <summary>READ RECORD of the selected file, by number.</summary>
public sealed record ReadRecord(byte Number) : IReadCommand
{
    public CommandApdu ToApdu() => new(0x00, 0xB2, Number, 0x04, expected: CommandApdu.LongestAnswer);
}

/// <summary>
/// UPDATE BINARY in the selected file (simulated personalisation; issuer right). Offset 0 starts a new image of a certificate.
/// </summary>
public sealed record UpdateBinary(int Offset, ReadOnlyMemory<byte> Data) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0xD6, (byte)(Offset >> 8), (byte)Offset, Data);
}

/// <summary>ACTIVATE FILE: the pending key and certificate become current, in one step (simulated personalisation; issuer right).</summary>
public sealed record ActivateFile(FileId File) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0x44, 0x00, 0x00, File.ToBytes());
}

/// <summary>DEACTIVATE FILE: the current certificate and its key are erased (simulated personalisation; issuer right).</summary>
public sealed record DeactivateFile(FileId File) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0x04, 0x00, 0x00, File.ToBytes());
}
