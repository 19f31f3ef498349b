namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 4情報の変更: the registry reports all four attributes as they are since a day. A signature certificate contains them, so any difference ends
/// it by itself, with no clerk (S6); user authentication certificates contain none of them and stay. A day before that of the present
/// attributes is a fact learnt late (B2): it is recorded, changes nothing that is so now, and ends only what lived on that day and could not
/// outlive it: a certificate on a Juki card (S2).
/// </summary>
/// <param name="Attributes">All four, changed or not.</param>
/// <param name="OccurredOn">Since when it is so, not in the future; it may be long ago.</param>
[StoredName("change-attributes", "4情報の変更")]
public sealed record ChangeAttributes(FourAttributes Attributes, DateOnly OccurredOn) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Guards.FromRegistry(Attributes, OccurredOn, c) is { } refusal)
            return refusal;
        if (OccurredOn < state.Timeline.PresentSince)
            return Learn(state);

        var changed = Attributes.DifferencesFrom(state.Attributes);
        return changed.Count == 0
            ? Refusals.NothingChanged()
            : Decision.Accept([
                new FourAttributesChanged(Attributes, changed, OccurredOn),
                .. Ending.OfCertificates(state, RevocationCause.AttributesChanged, c, each => each.Kind == CertificateKind.Signature),
                .. state.Legacy.EndedByChangeOn(OccurredOn, c.Today),
                .. changed.Contains(AttributeKind.Address) ? Ending.OfAgentCase(state, AgentCaseEnd.AddressChanged) : [],
            ]);
    }

    private Decision Learn(Resident.Registered state) => state.Timeline.On(OccurredOn) == Attributes
        ? Refusals.NothingChanged()
        : Decision.Accept([new EarlierAttributesLearnt(Attributes, OccurredOn), .. state.Legacy.EndedByEarlierFact(OccurredOn)]);
}
