using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 個人番号カードの交付: the card is handed over, and the certificates not opted out of are applied for in the same act (S3, S5), the first time
/// free (S4), after another card as an application would be (docs/decisions/0010-second-card.md). Who is under fifteen gets no signature
/// certificate (S24).
/// </summary>
/// <param name="Presented">The card in the reader. It is new, so no PIN is verified on it yet.</param>
/// <param name="OptedOut">Kinds blackened as 不要 on the application.</param>
[StoredName("hand-over-card", "個人番号カードの交付")]
public sealed record HandOverCard(PresentedCard Presented, IReadOnlyList<CertificateKind> OptedOut, IdentityCheck Identified)
    : ResidentCommand, IDocumented
{
    DocumentImages? IDocumented.Images => Identified.Images;

    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if ((Guards.AtCounter(state, c) ?? Applicants.Check(state, this, Identified, c) ?? NewCard(state, c)) is { } refusal)
            return refusal;

        // The nightly job may not have come to an expired card yet.
        var ended = state.Card is Card.InHand expired ? Ending.OfCard(state, expired, CardEndCause.Expired, c) : [];
        var tooYoung = Age.On(state.Attributes.BirthDate, c.Today) < Age.SignatureMinimum;
        var handedOver = new CardHandedOver(Presented.Serial, Presented.ExpiresOn, [.. OptedOut.Distinct()], tooYoung);
        var kinds = Card.LoadedWith(OptedOut, tooYoung);
        if (Guards.NoSignatureForWards(state, kinds) is { } forWards)
            return forWards;
        if (kinds.Count == 0)
            return Decision.Accept([.. ended, handedOver with { Identified = Identified }, .. Applicants.UsedUp(Identified)]);

        var certificates = ValidityOf.Each(kinds, state, Presented.ExpiresOn, c, _ => ApplicationReason.HandOver);
        return Decision.Accept([
            .. ended,
            handedOver,
            new CertificatesApplied(c.CommandId, Presented.Serial, certificates, Identified),
            FeeFor(kinds, certificates, state, c),
            .. Applicants.UsedUp(Identified),
        ]);
    }

    private static ResidentEvent FeeFor(
        IReadOnlyList<CertificateKind> kinds, IReadOnlyList<AppliedCertificate> certificates, Resident.Registered state, Circumstances c) =>
        state.Card switch
        {
            Card.None => new FeeWaived(c.CommandId, [.. kinds.Select(kind => new Waiver(kind, WaiverReason.FirstHandOver))]),
            Card.InHand expired => Fee.Settle(state with { Card = new Card.Ended(expired, CardEndCause.Expired) }, certificates, c),
            _ => Fee.Settle(state, certificates, c),
        };

    private Refusal? NewCard(Resident.Registered state, Circumstances c)
    {
        if (state.Card is Card.InHand held && c.Today <= held.ExpiresOn)
            return Refusals.CardAlreadyHandedOver();
        if (state.EndedCards.Contains(Presented.Serial))
            return Refusals.CardHasEnded();
        if (state.Card is Card.InHand expired && expired.Serial == Presented.Serial)
            return Refusals.CardExpired(expired.ExpiresOn);
        if (Presented.Municipality != c.Municipality.Code)
            return Refusals.CardOfAnotherMunicipality();
        return Guards.NotExpired(Presented.ExpiresOn, c);
    }
}
