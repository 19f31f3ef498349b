using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>製造番号: the serial number of a card, 15 digits, as read from the card (EF 0006 of the JPKI application).</summary>
public readonly record struct CardSerial : IParsable<CardSerial>
{
    private const int Length = 15;

    private CardSerial(string value) => Value = value;

    /// <summary>The 15 digits.</summary>
    public string Value => field ?? throw new InvalidOperationException("A CardSerial must be parsed, not defaulted.");

    /// <exception cref="FormatException">The text is not exactly 15 ASCII digits.</exception>
    public static CardSerial Parse(string s, IFormatProvider? provider = null) => new(DigitString.Require(s, Length, nameof(CardSerial)));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CardSerial result)
    {
        result = DigitString.Is(s, Length) ? new(s!) : default;
        return result != default;
    }

    public override string ToString() => Value;
}
