namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 住民票の消除: the registry reports that the resident died, moved out of its scope or was removed ex officio. Card and certificates end with
/// it, and the counter serves the resident no more (S23). Who leaves the country may use the card on from abroad where the rules have it
/// (<see cref="Rules.RuleSet.ContinuedUseOverseasFrom"/>): then only the signature certificate ends, on the day of departure.
/// </summary>
/// <param name="OccurredOn">First day no longer registered. In the future only for a departure with continued use.</param>
/// <param name="ContinuedUse">国外継続利用 was applied for; without effect where it can't be.</param>
[StoredName("remove-resident", "住民票の消除")]
public sealed record RemoveResident(RemovalCause Cause, DateOnly OccurredOn, bool ContinuedUse = false) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        // Of who lives abroad nothing but a death is still to be told.
        if (state.Residence is Residence.Removed || (state.Residence is Residence.Overseas && Cause != RemovalCause.Death))
            return Refusals.AlreadyRemoved();

        var continued = MayContinue(state, c);
        if (OccurredOn <= c.Today)
            return Decision.Accept(Removal.Of(state, new ResidentRemoved(Cause, OccurredOn, continued), c));
        if (!continued)
            return Refusals.NotInThePast(c.Today);

        return state.Residence is Residence.Departing known && known.DepartsOn == OccurredOn
            ? Refusals.DepartureAlreadyAnnounced()
            : Decision.Accept(new DepartureAnnounced(OccurredOn));
    }

    private bool MayContinue(Resident.Registered state, Circumstances c) =>
        ContinuedUse && Cause == RemovalCause.MovedOverseas && c.RuleSet.ContinuedUseOverseasFrom <= OccurredOn && Removal.HasCardOn(state, OccurredOn);
}

/// <summary>
/// 国外転出の実行: the day of an announced departure has come. Given by the nightly job; until it ran, the counter treats the resident as
/// departed all the same.
/// </summary>
[StoredName("complete-departure", "国外転出の実行")]
public sealed record CompleteDeparture : ResidentCommand
{
    internal static Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Residence is not Residence.Departing departing || c.Today < departing.DepartsOn)
            return Refusals.NoDepartureDue();

        var continued = Removal.HasCardOn(state, departing.DepartsOn);
        return Decision.Accept(Removal.Of(state, new ResidentRemoved(RemovalCause.MovedOverseas, departing.DepartsOn, continued), c));
    }
}

/// <summary>
/// 消除の訂正: the removal or the announced departure was told by mistake. The resident is registered as before; certificates and card stay
/// ended, for a revocation is never undone.
/// </summary>
[StoredName("correct-removal", "消除の訂正")]
public sealed record CorrectRemoval : ResidentCommand
{
    internal static Decision Decide(Resident.Registered state) =>
        state.Residence is Residence.Here ? Refusals.NotRemoved() : Decision.Accept(new RemovalCorrected());
}

/// <summary>What a removal takes with it.</summary>
internal static class Removal
{
    public static IReadOnlyList<ResidentEvent> Of(Resident.Registered state, ResidentRemoved removed, Circumstances c) =>
    [
        removed,
        .. Ending.OfCertificates(state, CauseOf(removed.Cause), c, each => !removed.ContinuedUse || !MayGoAbroad(each)),
        .. Ending.OfApplication(state),
        .. Ending.OfAgentCase(state, AgentCaseEnd.HolderRemoved),

        // 番号利用法施行令第14条: a removal lets the card lapse.
        .. !removed.ContinuedUse && state.Card is Card.InHand card ? new[] { new CardEnded(card.Serial, CardEndCause.Lapsed) } : [],
    ];

    public static bool HasCardOn(Resident.Registered state, DateOnly day) => state.Card is Card.InHand card && day <= card.ExpiresOn;

    private static bool MayGoAbroad(Certificate certificate) => certificate is { Kind: CertificateKind.UserAuthentication, IsUnconfirmed: false };

    private static RevocationCause CauseOf(RemovalCause cause) => cause switch
    {
        RemovalCause.Death => RevocationCause.Death,
        RemovalCause.MovedOut => RevocationCause.MovedOut,
        RemovalCause.MovedOverseas => RevocationCause.MovedOverseas,
        RemovalCause.RemovedExOfficio => RevocationCause.RemovedExOfficio,
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };
}
