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
            : Decision.Accept([new FourAttributesChanged(Attributes, changed, OccurredOn), .. Revocations(state, c), .. LegacyRevocations(state, c)]);
    }

    private static IEnumerable<ResidentEvent> Revocations(Resident.Registered state, Circumstances c) =>
        from certificate in state.Certificates
        where certificate.Kind == CertificateKind.Signature && certificate.IsAlive(c.At)
        select new CertificateRevoked(certificate.Serial, certificate.Kind, RevocationCause.AttributesChanged);

    /// <summary>S2: also one that is over today, when the change is older than its end and only became known now.</summary>
    private IEnumerable<ResidentEvent> LegacyRevocations(Resident.Registered state, Circumstances c) =>
        from certificate in state.Legacy.All
        where certificate.IsAlive(c.Today) || (certificate.EndedOn is null && certificate.Validity.IsEndedBy(OccurredOn))
        select new LegacyCertificateRevoked(certificate.Serial, RevocationCause.AttributesChanged, OccurredOn);
}
