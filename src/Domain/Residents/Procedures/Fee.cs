using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 手数料: charged once an application, or waived with the reason for each kind (S17–S21). Decided when the application is accepted and a fact
/// from then on.
/// </summary>
internal static class Fee
{
    public static ResidentEvent Settle(Resident.Registered state, IReadOnlyList<AppliedCertificate> applied, Circumstances c)
    {
        var reasons = applied.Select(each => (each.Kind, Reason: WaiverFor(state, each.Kind, c))).ToArray();
        var charged = reasons.Where(each => each.Reason is null).Select(each => each.Kind).ToArray();
        if (charged.Length == 0)
            return new FeeWaived(c.CommandId, [.. reasons.Select(each => new Waiver(each.Kind, each.Reason!.Value))]);

        var row = Tariff.On(c.Today, c.Municipality.Code);
        return new FeeCharged(c.CommandId, row.Yen, row.Name, charged);
    }

    // What never reached the card counts for nothing: an attempt that failed uses up no waiver and earns none.
    private static WaiverReason? WaiverFor(Resident.Registered state, CertificateKind kind, Circumstances c) => state.LastHeld(kind) switch
    {
        _ when state.Card is Card.Ended { Cause: CardEndCause.Expired } => WaiverReason.EarlierCardExpired,
        null => NeverHeld(kind, state),
        { Standing: Standing.Revoked { Cause: RevocationCause.AttributesChanged } } => WaiverReason.RevokedByAttributeChange,
        { IsRevoked: false } when c.RuleSet.RenewalIsFree => WaiverReason.Renewal,
        _ => null,
    };

    private static WaiverReason? NeverHeld(CertificateKind kind, Resident.Registered state)
    {
        if (LatestHeld(state.Card) is not { } card)
            return null;
        if (kind == CertificateKind.Signature && card.TooYoungForSignature)
            return WaiverReason.UnderFifteenAtHandOver;
        if (card.Loaded.Contains(kind))
            return WaiverReason.FirstHandOver;
        return card.Loaded.Count == 0 ? WaiverReason.NotWantedAtHandOver : WaiverReason.OneKindAtHandOver;
    }

    /// <summary>At another hand-over the card that ended tells what its holder had wanted.</summary>
    private static Card.InHand? LatestHeld(Card card) => card switch
    {
        Card.InHand held => held,
        Card.Ended ended => ended.Was,
        _ => null,
    };
}
