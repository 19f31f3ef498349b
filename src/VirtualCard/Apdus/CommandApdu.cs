namespace Jpki.VirtualCard.Apdus;

/// <summary>コマンド APDU in the short coding (ISO 7816-4, 5.2), the only one this card understands.</summary>
/// <param name="P1">First parameter.</param>
/// <param name="P2">Second parameter.</param>
/// <param name="Data">Command data, 0–255 bytes.</param>
/// <param name="Le">Expected length, 1–256 (00 on the wire is 256); null when the command carries no Le.</param>
internal sealed record CommandApdu(byte P1, byte P2, byte[] Data, int? Le)
{
    private const int HeaderLength = 4;

    public ushort P1P2 => (ushort)((P1 << 8) | P2);

    /// <summary>
    /// Null when the length coding is not one of the four short cases; a first length byte of 00 with more behind it is
    /// extended coding.
    /// </summary>
    public static CommandApdu? Parse(ReadOnlySpan<byte> apdu)
    {
        if (apdu.Length < HeaderLength)
            return null;
        var (p1, p2) = (apdu[2], apdu[3]);
        var body = apdu[HeaderLength..];
        return body.Length switch
        {
            0 => new CommandApdu(p1, p2, [], null),
            1 => new CommandApdu(p1, p2, [], ExpectedLength(body[0])),
            _ when body[0] == 0 => null,
            var length when length == 1 + body[0] => new CommandApdu(p1, p2, body[1..].ToArray(), null),
            var length when length == 1 + body[0] + 1 => new CommandApdu(p1, p2, body[1..^1].ToArray(), ExpectedLength(body[^1])),
            _ => null,
        };
    }

    private static int ExpectedLength(byte le) => le == 0 ? 256 : le;
}
