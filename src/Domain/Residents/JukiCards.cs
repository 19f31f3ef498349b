using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>
/// 住基カードの取扱い終了: nothing is written to a Juki card, whatever the cause (S1). Asked before anything else of a procedure: neither
/// opening hours nor PINs matter to somebody who needs another card.
/// </summary>
internal static class JukiCards
{
    /// <summary>None for a My Number card and for procedures without a card.</summary>
    public static Refusal? Check(ResidentCommand command, Circumstances c) => Presented(command) switch
    {
        { Medium: CardMedium.JukiCard } => c.Today > LegacyValidity.LastIssue ? Refusals.JukiCardsEnded() : Refusals.JukiCardsNotServedHere(),
        _ => null,
    };

    private static PresentedCard? Presented(ResidentCommand command) => command switch
    {
        HandOverCard x => x.Presented,
        ApplyForCertificates x => x.Presented,
        RecordCardFaceUpdate x => x.Presented,
        ReleaseCertificates x => x.Presented,
        ApprovePinReset x => x.Presented,
        _ => null,
    };
}
