namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 4情報の訂正: what the registry told before was wrong. The attributes told now are the present ones from here on, and right since their day;
/// a signature certificate that certifies others ends as after any change (S6). A certificate that lives certifies what was present until
/// now, so any difference from that is one from the certificate.
/// </summary>
/// <param name="Attributes">All four as they are now.</param>
/// <param name="OccurredOn">Since when they are so, not in the future.</param>
[StoredName("correct-attributes", "4情報の訂正")]
public sealed record CorrectAttributes(FourAttributes Attributes, DateOnly OccurredOn) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Guards.FromRegistry(Attributes, OccurredOn, c) is { } refusal)
            return refusal;

        var changed = Attributes.DifferencesFrom(state.Attributes);
        return changed.Count == 0
            ? Refusals.NothingChanged()
            : Decision.Accept([
                new FourAttributesCorrected(Attributes, changed, OccurredOn),
                .. Ending.OfCertificates(state, RevocationCause.AttributesChanged, c, each => each.Kind == CertificateKind.Signature),
                .. state.Legacy.EndedByChangeOn(OccurredOn, c.Today),
                .. changed.Contains(AttributeKind.Address) ? Ending.OfAgentCase(state, AgentCaseEnd.AddressChanged) : [],
            ]);
    }
}
