namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 個人番号カードの廃止: the card was given back, withdrawn, has lapsed, expired, or is lost for good; both certificates end with it, and an
/// application for it is given up. Another card may be handed over afterwards. The card need not be present. That it expired is told by the
/// nightly job and not at the counter.
/// </summary>
[StoredName("end-card", "個人番号カードの廃止")]
public sealed record EndCard(CardEndCause Cause) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Cause != CardEndCause.Expired && Guards.AtCounter(state, c) is { } refusal)
            return refusal;

        return state.Card switch
        {
            Card.InHand card when Cause == CardEndCause.Expired && c.Today <= card.ExpiresOn => Refusals.CardNotExpiredYet(card.ExpiresOn),
            Card.InHand card => Decision.Accept(Ending.OfCard(state, card, Cause, c)),
            Card.Ended => Refusals.CardHasEnded(),
            _ => Refusals.NoCard(),
        };
    }
}
