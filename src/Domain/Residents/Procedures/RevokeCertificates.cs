namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 失効: by the holder's application (no PIN needed), or because the private key leaked. It is never undone. For a recording error nobody
/// applies: that is ex officio and takes two officers (<see cref="ProposeException"/>).
/// </summary>
[StoredName("revoke-certificates", "失効")]
public sealed record RevokeCertificates(IReadOnlyList<CertificateKind> Kinds, RevocationCause Cause, IdentityCheck Identified)
    : ResidentCommand, IDocumented
{
    DocumentImages? IDocumented.Images => Identified.Images;

    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Cause == RevocationCause.RecordingError)
            return Refusals.SecondOfficerNeeded();
        if (Cause is not (RevocationCause.HolderApplication or RevocationCause.KeyLeaked))
            return Refusals.CauseNotForCounter();
        if ((Guards.AtCounter(state, c) ?? Applicants.Check(state, this, Identified, c)) is { } refusal)
            return refusal;

        var revoked = from certificate in state.Certificates
                      where Kinds.Contains(certificate.Kind) && certificate.IsAlive(c.At)
                      select new CertificateRevoked(certificate.Serial, certificate.Kind, Cause, Identified);
        var events = revoked.ToArray<ResidentEvent>();
        return events.Length == 0 ? Refusals.NothingToRevoke() : Decision.Accept([.. events, .. Applicants.UsedUp(Identified)]);
    }
}
