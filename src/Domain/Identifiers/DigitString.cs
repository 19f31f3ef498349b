namespace Jpki.Domain.Identifiers;

/// <summary>Checks shared by the identifiers that are fixed strings of ASCII digits.</summary>
internal static class DigitString
{
    /// <summary>True when <paramref name="text"/> is exactly <paramref name="length"/> of the digits 0–9 (full-width digits are not).</summary>
    public static bool Is(string? text, int length) =>
        text is not null && text.Length == length && text.All(char.IsAsciiDigit);

    public static string Require(string? text, int length, string what) =>
        Is(text, length) ? text! : throw new FormatException($"{what} is exactly {length} digits.");
}
