namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 失効: by the holder's application (no PIN needed), because the private key leaked, or ex officio for a recording error, which only a
/// supervisor may. It is never undone.
/// </summary>
[StoredName("revoke-certificates", "失効")]
public sealed record RevokeCertificates(IReadOnlyList<CertificateKind> Kinds, RevocationCause Cause, IdentityCheck Identified)
    : ResidentCommand, IDocumented
{
    DocumentImages? IDocumented.Images => Identified.Images;

    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Cause is not (RevocationCause.HolderApplication or RevocationCause.KeyLeaked or RevocationCause.RecordingError))
            return Refusals.CauseNotForCounter();
        if ((Guards.AtCounter(c) ?? Applied(state, c)) is { } refusal)
            return refusal;

        var revoked = from certificate in state.Certificates
                      where Kinds.Contains(certificate.Kind) && certificate.IsAlive(c.At)
                      select new CertificateRevoked(certificate.Serial, certificate.Kind, Cause, By);
        var events = revoked.ToArray<ResidentEvent>();
        return events.Length == 0 ? Refusals.NothingToRevoke() : Decision.Accept([.. events, .. By is { } by ? Applicants.UsedUp(by) : []]);
    }

    /// <summary>Who applied; nobody ex officio, the error being the municipality's own.</summary>
    private IdentityCheck? By => Cause == RevocationCause.RecordingError ? null : Identified;

    private Refusal? Applied(Resident.Registered state, Circumstances c) => By is { } by ? Applicants.Check(state, this, by, c) : null;
}
