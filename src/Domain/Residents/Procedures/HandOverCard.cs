using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 個人番号カードの交付: the card is handed over, and the certificates not opted out of are applied for in the same act (S3, S5), free (S4).
/// Who is under fifteen gets no signature certificate (S24).
/// </summary>
/// <param name="Presented">The card in the reader. It is new, so no PIN is verified on it yet.</param>
/// <param name="OptedOut">Kinds blackened as 不要 on the application.</param>
[StoredName("hand-over-card", "個人番号カードの交付")]
public sealed record HandOverCard(PresentedCard Presented, IReadOnlyList<CertificateKind> OptedOut, IdentityCheck Identified) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if ((Guards.AtCounter(state, c) ?? NewCard(state, c)) is { } refusal)
            return refusal;

        var tooYoung = Age.On(state.Attributes.BirthDate, c.Today) < Age.SignatureMinimum;
        var handedOver = new CardHandedOver(Presented.Serial, Presented.ExpiresOn, [.. OptedOut.Distinct()], tooYoung);
        var kinds = Card.LoadedWith(OptedOut, tooYoung);
        if (kinds.Count == 0)
            return Decision.Accept(handedOver);

        var certificates = ValidityOf.Each(kinds, state, Presented.ExpiresOn, c, _ => ApplicationReason.HandOver);
        return Decision.Accept(
            handedOver,
            new CertificatesApplied(c.CommandId, Presented.Serial, certificates, Identified),
            new FeeWaived(c.CommandId, [.. kinds.Select(kind => new Waiver(kind, WaiverReason.FirstHandOver))]));
    }

    private Refusal? NewCard(Resident.Registered state, Circumstances c)
    {
        if (state.Card is Card.InHand)
            return Refusals.CardAlreadyHandedOver();
        if (Presented.Municipality != c.Municipality.Code)
            return Refusals.CardOfAnotherMunicipality();
        return Guards.NotExpired(Presented.ExpiresOn, c);
    }
}
