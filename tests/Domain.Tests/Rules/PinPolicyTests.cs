using System.Text.RegularExpressions;
using CsCheck;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

public sealed partial class PinPolicyTests
{
    /// <summary>Mostly what is allowed, so that long PINs pass too; and what people type by mistake.</summary>
    private static readonly Gen<string> AnyPin = Gen.OneOf(
        Gen.Char["ABYZ0189"].Array[0, 20],
        Gen.Char["0123456789"].Array[3, 7],
        Gen.Char["AMZ"].Array[5, 8],
        Gen.Char["AZ09az"].Array[0, 20],
        Gen.Char["AZ09az-! \uFF21\uFF11\u3042\u0669\uD83C"].Array[0, 20]).Select(characters => new string(characters));

    private static readonly Gen<PinKind> AnyKind = Gen.OneOf(Enum.GetValues<PinKind>());

    [Theory]
    [Trait("Rule", "S9")]
    [InlineData("ABC123", null)]
    [InlineData("A00000", null)]
    [InlineData("00000Z", null)]
    [InlineData("ABCDEFGH12345678", null)]
    [InlineData("", "PinTooShort")]
    [InlineData("ABC12", "PinTooShort")]
    [InlineData("ABCDEFGH123456789", "PinTooLong")]
    [InlineData("ABc123", "PinHasLowerCase")]
    [InlineData("abc123", "PinHasLowerCase")]
    [InlineData("ABC12-", "PinHasOtherCharacter")]
    [InlineData("ABC 123", "PinHasOtherCharacter")]
    [InlineData("\uFF21\uFF22\uFF23\uFF11\uFF12\uFF13", "PinHasOtherCharacter")]
    [InlineData("ABC\u0661\u0662\u0663", "PinHasOtherCharacter")]
    [InlineData("ABC123\n", "PinHasOtherCharacter")]
    [InlineData("abc!", "PinHasOtherCharacter")]
    [InlineData("123456", "PinNeedsLetter")]
    [InlineData("ABCDEF", "PinNeedsDigit")]
    public void A_signature_PIN_is_6_to_16_capitals_and_digits_with_both(string pin, string? code) =>
        Assert.Equal(code, PinPolicy.Check(PinKind.Signature, pin)?.Code);

    [Theory]
    [Trait("Rule", "S12")]
    [Trait("Rule", "S28")]
    [InlineData("1234", null)]
    [InlineData("0000", null)]
    [InlineData("", "PinTooShort")]
    [InlineData("123", "PinTooShort")]
    [InlineData("12345", "PinTooLong")]
    [InlineData("123A", "PinHasOtherCharacter")]
    [InlineData("\uFF11\uFF12\uFF13\uFF14", "PinHasOtherCharacter")]
    [InlineData(" 1234", "PinHasOtherCharacter")]
    public void The_other_PINs_are_four_digits(string pin, string? code)
    {
        Assert.Equal(code, PinPolicy.Check(PinKind.UserAuthentication, pin)?.Code);
        Assert.Equal(code, PinPolicy.Check(PinKind.CardFace, pin)?.Code);
        Assert.Equal(code, PinPolicy.Check(PinKind.BasicRegister, pin)?.Code);
    }

    [Fact]
    [Trait("Rule", "S9")]
    public void A_signature_PIN_is_accepted_exactly_when_the_pattern_matches() => ForAll(
        AnyPin, pin => (PinPolicy.Check(PinKind.Signature, pin) is null) == SignaturePattern().IsMatch(pin));

    [Fact]
    [Trait("Rule", "S12")]
    public void A_four_digit_PIN_is_accepted_exactly_when_the_pattern_matches() => ForAll(
        AnyPin, pin => (PinPolicy.Check(PinKind.UserAuthentication, pin) is null) == FourDigitPattern().IsMatch(pin));

    [Fact]
    [Trait("Rule", "S9")]
    [Trait("Rule", "S12")]
    public void A_refusal_says_the_same_whatever_the_PIN_was()
    {
        var said = new Dictionary<(PinKind, string), Refusal>();

        ForAll(Gen.Select(AnyKind, AnyPin), x =>
        {
            var (kind, pin) = x;
            if (PinPolicy.Check(kind, pin) is not { } refusal) return true;
            said.TryAdd((kind, refusal.Code), refusal);
            return said[(kind, refusal.Code)] == refusal;
        });

        Assert.Equal(6, said.Keys.Count(key => key.Item1 == PinKind.Signature));
    }

    [Fact]
    [Trait("Rule", "S9")]
    public void No_copy_of_an_accepted_PIN_is_left_in_memory()
    {
        ReadOnlySpan<char> pin = ['A', 'B', 'C', '1', '2', '3'];
        PinPolicy.Check(PinKind.Signature, pin);
        var before = GC.GetAllocatedBytesForCurrentThread();

        PinPolicy.Check(PinKind.Signature, pin);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [GeneratedRegex(@"\A(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{6,16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex SignaturePattern();

    [GeneratedRegex(@"\A[0-9]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FourDigitPattern();
}
