using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>
/// 発行番号: a certificate's serial number (RFC 5280 4.1.2.2) in lower-case hexadecimal, positive, 1–20 octets, no leading zero octet.
/// </summary>
public readonly record struct SerialNumber : IParsable<SerialNumber>
{
    private const int MaxOctets = 20;

    private SerialNumber(string value) => Value = value;

    public string Value => field ?? throw new InvalidOperationException("A SerialNumber must be parsed, not defaulted.");

    /// <param name="octets">Big-endian, unsigned; the highest bit must be clear so that the DER integer is positive.</param>
    public static SerialNumber FromOctets(ReadOnlySpan<byte> octets) => Parse(Convert.ToHexStringLower(octets));

    /// <exception cref="FormatException">Not lower-case hexadecimal of 1–20 octets, or zero, negative or zero-padded.</exception>
    public static SerialNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var serial) ? serial : throw new FormatException("A SerialNumber is 1 to 20 octets in lower-case hexadecimal, positive.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SerialNumber result)
    {
        var wellFormed = s is { Length: > 0 and <= MaxOctets * 2 } && s.Length % 2 == 0
            && s.All(c => char.IsAsciiHexDigitLower(c)) && s[0] < '8' && !s.StartsWith("00", StringComparison.Ordinal);
        result = wellFormed ? new(s!) : default;
        return wellFormed;
    }

    /// <summary>Big-endian octets.</summary>
    public byte[] ToOctets() => Convert.FromHexString(Value);

    public override string ToString() => Value;
}
