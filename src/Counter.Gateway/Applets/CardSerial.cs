namespace Jpki.Counter.Gateway.Applets;

/// <summary>The card's own number (カード製造番号): 15 digits. The identity a card session is bound to.</summary>
public readonly record struct CardSerial
{
    private const int Digits = 15;

    private CardSerial(string value) => Value = value;

    public string Value { get; }

    /// <param name="text">15 ASCII digits, trailing spaces allowed.</param>
    /// <param name="serial">The serial; meaningless when the answer is false.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out CardSerial serial)
    {
        var digits = text.TrimEnd(' ');
        var isSerial = digits.Length == Digits && !digits.ContainsAnyExceptInRange('0', '9');
        serial = isSerial ? new CardSerial(digits.ToString()) : default;
        return isSerial;
    }

    public override string ToString() => Value;
}
