using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>
/// 提示されたカード: what the gateway read from the card in its reader, and which PINs the card itself accepted in this session. The PINs
/// stay at the gateway; the back office learns only that the card took them.
/// </summary>
/// <param name="Serial">From EF 0006.</param>
/// <param name="Municipality">Issuing municipality, from the common record.</param>
/// <param name="ExpiresOn">Last day, inclusive, from the common record.</param>
/// <param name="VerifiedPins">Which PINs the card verified in this session.</param>
/// <param name="Medium">Which sort of card it is; gateways that know one sort only leave it out.</param>
public sealed record PresentedCard(
    CardSerial Serial,
    MunicipalityCode Municipality,
    DateOnly ExpiresOn,
    IReadOnlyList<PinKind> VerifiedPins,
    CardMedium Medium = CardMedium.MyNumberCard);

/// <summary>カードの種別: the cards that ever carried certificates.</summary>
public enum CardMedium
{
    /// <summary>マイナンバーカード</summary>
    MyNumberCard,

    /// <summary>住民基本台帳カード: its certificates ended on 2015-12-22 (S1).</summary>
    JukiCard,
}
