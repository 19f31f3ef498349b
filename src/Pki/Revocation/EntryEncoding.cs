using Jpki.Domain;

namespace Jpki.Pki.Revocation;

/// <summary>
/// 一行の DER: an entry laid out by hand. A list may have a million; their form never varies, every length fits one octet, and nothing is
/// allocated.
/// </summary>
internal static class EntryEncoding
{
    /// <summary>Octets that no entry exceeds.</summary>
    public const int Longest = 2 + (2 + LongestSerial) + (2 + GeneralizedTimeLength) + ReasonExtensionLength;

    private const int LongestSerial = 20; // RFC 5280 4.1.2.2
    private const int GeneralizedTimeLength = 15; // YYYYMMDDhhmmssZ
    private const int ReasonExtensionLength = 14;

    private const byte SequenceTag = 0x30;
    private const byte IntegerTag = 0x02;
    private const byte UtcTimeTag = 0x17;
    private const byte GeneralizedTimeTag = 0x18;

    // RFC 5280 5.3.1: Extensions { { id-ce-cRLReasons, OCTET STRING { ENUMERATED } } }, not critical; the reason itself follows.
    private static ReadOnlySpan<byte> ReasonExtension => [0x30, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x1D, 0x15, 0x04, 0x03, 0x0A, 0x01];

    /// <summary>Whether the entry has a form at all; whether it makes sense is the lint's question.</summary>
    public static bool CanWrite(in RevocationEntry entry) =>
        entry.Serial.Length is > 0 and <= LongestSerial && entry.Reason is > 0 and <= RevocationReason.RemoveFromCrl;

    /// <param name="target">At least <see cref="Longest"/> octets.</param>
    /// <returns>Octets written.</returns>
    public static int Write(in RevocationEntry entry, Span<byte> target)
    {
        var serial = entry.Serial.Span;
        target[0] = SequenceTag;
        target[2] = IntegerTag;
        target[3] = (byte)serial.Length;
        serial.CopyTo(target[4..]);
        var used = 4 + serial.Length;
        used += WriteTime(entry.At.UtcDateTime, target[used..]);
        ReasonExtension.CopyTo(target[used..]);
        used += ReasonExtension.Length;
        target[used++] = (byte)entry.Reason;
        target[1] = (byte)(used - 2);
        return used;
    }

    // RFC 5280 5.1.2.4: UTCTime through 2049, GeneralizedTime from 2050; fractions of a second are cut off.
    private static int WriteTime(DateTime utc, Span<byte> target)
    {
        var (date, time) = utc;
        var (year, month, day) = date;
        var generalized = year is < 1950 or >= 2050;
        target[0] = generalized ? GeneralizedTimeTag : UtcTimeTag;
        var digits = target[2..];
        if (generalized)
            digits = WriteTwo(year / 100, digits);
        foreach (var part in (ReadOnlySpan<int>)[year % 100, month, day, time.Hour, time.Minute, time.Second])
            digits = WriteTwo(part, digits);
        digits[0] = (byte)'Z';
        var length = generalized ? GeneralizedTimeLength : GeneralizedTimeLength - 2;
        target[1] = (byte)length;
        return 2 + length;
    }

    private static Span<byte> WriteTwo(int value, Span<byte> digits)
    {
        digits[0] = (byte)('0' + (value / 10));
        digits[1] = (byte)('0' + (value % 10));
        return digits[2..];
    }
}
