namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 一時停止の解除: the card was found; released only at the counter, with the card and a PIN (S32). It lifts the loss report and nothing else:
/// what another cause still holds stays on hold, and what has expired meanwhile is not brought back.
/// </summary>
[StoredName("release-certificates", "一時停止の解除")]
public sealed record ReleaseCertificates(PresentedCard Presented, IdentityCheck Identified)
    : ResidentCommand, IDocumented
{
    DocumentImages? IDocumented.Images => Identified.Images;

    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if ((Guards.AtCounter(state, c) ?? Applicants.Check(state, this, Identified, c) ?? Guards.OwnCard(state, Presented, c) ?? Guards.AnyPin(Presented)) is { } refusal)
            return refusal;

        var released = from certificate in state.Certificates
                       where certificate.IsAlive(c.At)
                           && certificate.Standing is Standing.OnHold hold && hold.Causes.Contains(HoldCause.LossReported)
                       select new CertificateReleased(certificate.Serial, certificate.Kind, HoldCause.LossReported, Identified);
        var events = released.ToArray<ResidentEvent>();
        return events.Length == 0 ? Refusals.NothingOnHold() : Decision.Accept([.. events, .. Applicants.UsedUp(Identified)]);
    }
}
