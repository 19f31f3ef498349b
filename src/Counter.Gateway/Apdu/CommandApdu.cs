namespace Jpki.Counter.Gateway.Apdu;

/// <summary>A short command APDU (ISO 7816-4 §5.1): header, at most 255 bytes of data, at most 256 bytes expected.</summary>
/// <remarks>Has no text of its data, which may be a PIN.</remarks>
public sealed class CommandApdu
{
    public const int LongestData = 255;
    public const int LongestAnswer = 256;

    /// <param name="cla">Class byte.</param>
    /// <param name="ins">Instruction byte.</param>
    /// <param name="p1">First parameter.</param>
    /// <param name="p2">Second parameter.</param>
    /// <param name="data">0–255 bytes; not copied, so that a PIN has one place to be wiped from.</param>
    /// <param name="expected">Le: 1–256, or null when no data is expected.</param>
    public CommandApdu(byte cla, byte ins, byte p1, byte p2, ReadOnlyMemory<byte> data = default, int? expected = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, LongestData);
        if (expected is < 1 or > LongestAnswer)
            throw new ArgumentOutOfRangeException(nameof(expected), expected, "Le of a short APDU is 1 to 256.");
        (Cla, Ins, P1, P2, Data, Expected) = (cla, ins, p1, p2, data, expected);
    }

    public byte Cla { get; }

    public byte Ins { get; }

    public byte P1 { get; }

    public byte P2 { get; }

    public ReadOnlyMemory<byte> Data { get; }

    public int? Expected { get; }

    /// <summary>How long the card may take, where that differs from the session's patience.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>
    /// The bytes on the wire, in an array that the collector does not move: whoever sends it wipes it and no copy remains.
    /// </summary>
    public byte[] Encode()
    {
        var length = 4 + (Data.IsEmpty ? 0 : 1 + Data.Length) + (Expected is null ? 0 : 1);
        var bytes = GC.AllocateArray<byte>(length, pinned: true);
        (bytes[0], bytes[1], bytes[2], bytes[3]) = (Cla, Ins, P1, P2);
        if (!Data.IsEmpty)
        {
            bytes[4] = (byte)Data.Length;
            Data.Span.CopyTo(bytes.AsSpan(5));
        }

        // Le 256 is written as 00.
        if (Expected is { } expected)
            bytes[^1] = (byte)expected;
        return bytes;
    }

    /// <summary>The header only.</summary>
    public override string ToString() => $"{Cla:X2} {Ins:X2} {P1:X2} {P2:X2}";
}
