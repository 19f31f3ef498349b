namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 4情報の変更: the registry reports all four attributes as they are now. A signature certificate contains them, so any difference ends it
/// by itself, with no clerk (S6); user authentication certificates contain none of them and stay.
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

        var changed = Attributes.DifferencesFrom(state.Attributes);
        return changed.Count == 0
            ? Refusals.NothingChanged()
            : Decision.Accept([new FourAttributesChanged(Attributes, changed, OccurredOn), .. Revocations(state, c), .. VoidedCase(state, changed)]);
    }

    private static IEnumerable<ResidentEvent> Revocations(Resident.Registered state, Circumstances c) =>
        from certificate in state.Certificates
        where certificate.Kind == CertificateKind.Signature && certificate.IsAlive(c.At)
        select new CertificateRevoked(certificate.Serial, certificate.Kind, RevocationCause.AttributesChanged);

    // S22: an inquiry letter under way is, or was, read at the old address.
    private static IEnumerable<ResidentEvent> VoidedCase(Resident.Registered state, IReadOnlyList<AttributeKind> changed)
    {
        if (state.AgentCase is AgentCase.Open open && changed.Contains(AttributeKind.Address))
            yield return new AgentCaseEnded(open.Id, AgentCaseEnd.AddressChanged);
    }
}
