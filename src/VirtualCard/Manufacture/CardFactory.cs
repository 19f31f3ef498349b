using System.Globalization;
using System.Text;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Manufacture;

/// <summary>製造: makes the blank card of an order. PINs unset, no certificates; the issuer does the rest at the counter.</summary>
internal static class CardFactory
{
    private const int SerialLength = 15;
    private const int MunicipalityLength = 5;

    /// <exception cref="ArgumentException">A field of the order is malformed; the message names it, without personal data.</exception>
    public static CardState Manufacture(CardOrder order)
    {
        Require(IsDigits(order.CardSerial, SerialLength), "The card serial is exactly 15 digits.");
        Require(IsDigits(order.MunicipalityCode, MunicipalityLength), "The municipality code is exactly 5 digits.");
        Require(
            P256Signature.IsPublicKey(order.TerminalAuthorityPublicKey),
            "The terminal authority's key is an uncompressed P-256 point of 65 bytes.");
        Require(order.Face.Sex is '1' or '2' or '3', "Sex is 1, 2 or 3.");
        return new CardState
        {
            TerminalAuthority = [.. order.TerminalAuthorityPublicKey],
            TokenInfo = TokenInfoFile.Build(order.CardSerial),
            CommonRecord = Encoding.ASCII.GetBytes(
                order.CardSerial + order.MunicipalityCode + order.ExpiresOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
            CardFace = CardFaceFile.Build(order.Face),
        };
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
            throw new ArgumentException(rule);
    }

    private static bool IsDigits(string text, int length) => text.Length == length && text.All(char.IsAsciiDigit);
}
