namespace Jpki.Domain.Rules;

/// <summary>
/// 暗証番号の規則: what a new PIN may look like (S9, S12). The PIN is only looked at where it lies: no copy is made, and no refusal quotes it,
/// tells its length or where in it the fault is.
/// </summary>
public static class PinPolicy
{
    private const int SignatureShortest = 6;
    private const int SignatureLongest = 16;
    private const int Digits = 4;

    /// <summary>
    /// The first breach, or null for a PIN that may be set. Characters are judged before length, since a full-width or lower-case entry is
    /// better told to switch the keyboard than to type more.
    /// </summary>
    /// <param name="kind">Which PIN of the card.</param>
    /// <param name="pin">As typed; not trimmed and not converted.</param>
    public static Refusal? Check(PinKind kind, ReadOnlySpan<char> pin) => kind switch
    {
        PinKind.Signature => CheckSignature(pin),
        PinKind.UserAuthentication or PinKind.CardFace or PinKind.BasicRegister => CheckDigits(pin),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static Refusal? CheckSignature(ReadOnlySpan<char> pin)
    {
        var (letters, digits, lowerCase, others) = Count(pin);
        return (letters, digits, lowerCase, others, pin.Length) switch
        {
            (_, _, _, > 0, _) => Breach("PinHasOtherCharacter", "S9",
                "暗証番号に使えるのは半角の英大文字（A〜Z）と数字（0〜9）だけです。全角文字や記号は使えません。",
                "The PIN may contain only half-width capital letters (A–Z) and digits (0–9), no full-width characters and no symbols."),
            (_, _, > 0, _, _) => Breach("PinHasLowerCase", "S9",
                "暗証番号の英字は大文字だけが使えます。小文字を大文字に直してください。",
                "Letters in the PIN must be capitals. Please replace the lower-case letters."),
            (_, _, _, _, < SignatureShortest) => Breach("PinTooShort", "S9",
                "署名用電子証明書の暗証番号は6文字以上16文字以下です。短すぎます。",
                "The PIN of the signature certificate has 6 to 16 characters. This one is too short."),
            (_, _, _, _, > SignatureLongest) => Breach("PinTooLong", "S9",
                "署名用電子証明書の暗証番号は6文字以上16文字以下です。長すぎます。",
                "The PIN of the signature certificate has 6 to 16 characters. This one is too long."),
            (0, _, _, _, _) => Breach("PinNeedsLetter", "S9",
                "署名用電子証明書の暗証番号には英大文字を1文字以上入れてください。",
                "The PIN of the signature certificate needs at least one capital letter."),
            (_, 0, _, _, _) => Breach("PinNeedsDigit", "S9",
                "署名用電子証明書の暗証番号には数字を1文字以上入れてください。",
                "The PIN of the signature certificate needs at least one digit."),
            _ => null,
        };
    }

    private static Refusal? CheckDigits(ReadOnlySpan<char> pin)
    {
        if (pin.ContainsAnyExceptInRange('0', '9'))
            return Breach("PinHasOtherCharacter", "S12",
                "この暗証番号に使えるのは半角の数字（0〜9）だけです。",
                "This PIN may contain only half-width digits (0–9).");

        return pin.Length switch
        {
            < Digits => Breach("PinTooShort", "S12", "この暗証番号は数字4桁です。短すぎます。", "This PIN has exactly 4 digits. This one is too short."),
            > Digits => Breach("PinTooLong", "S12", "この暗証番号は数字4桁です。長すぎます。", "This PIN has exactly 4 digits. This one is too long."),
            _ => null,
        };
    }

    private static (int Letters, int Digits, int LowerCase, int Others) Count(ReadOnlySpan<char> pin)
    {
        var (letters, digits, lowerCase, others) = (0, 0, 0, 0);
        foreach (var character in pin)
        {
            if (char.IsAsciiLetterUpper(character)) letters++;
            else if (char.IsAsciiDigit(character)) digits++;
            else if (char.IsAsciiLetterLower(character)) lowerCase++;
            else others++;
        }

        return (letters, digits, lowerCase, others);
    }

    private static Refusal Breach(string code, string rule, string japanese, string english) =>
        new(code, rule, RefusalNature.RuleBroken, japanese, english);
}
