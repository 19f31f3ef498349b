using System.Buffers;
using System.Text;

namespace Jpki.VirtualCard.State;

/// <summary>What the card itself demands of a PIN. That letters and digits be mixed is the counter's rule, not the card's.</summary>
internal static class PinRules
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> CapitalsAndDigits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8);

    private const int FourDigits = 4;
    private const int SignatureMinimum = 6;
    private const int SignatureMaximum = 16;

    public static int MaximumTries(PinObject pin) => pin == PinObject.Signature ? 5 : 3;

    public static bool Accepts(PinObject pin, ReadOnlySpan<byte> value) => pin == PinObject.Signature
        ? value.Length is >= SignatureMinimum and <= SignatureMaximum && !value.ContainsAnyExcept(CapitalsAndDigits)
        : value.Length == FourDigits && !value.ContainsAnyExcept(Digits);

    /// <summary>The state of a PIN newly set to a value these rules accept, all tries restored.</summary>
    public static PinState Fresh(PinObject pin, ReadOnlySpan<byte> value) => new(Encoding.ASCII.GetString(value), MaximumTries(pin));
}
