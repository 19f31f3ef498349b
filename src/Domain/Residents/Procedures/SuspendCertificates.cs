namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 一時停止: the card is reported lost by telephone, at any hour, with no card (S30). Only the call centre may; who may is decided before this
/// (<see cref="Permissions"/>). Under <c>national-2026</c> the signature certificate ends with it.
/// </summary>
[StoredName("suspend-certificates", "一時停止")]
public sealed record SuspendCertificates : ResidentCommand
{
    internal static Decision Decide(Resident.Registered state, Circumstances c)
    {
        var alive = state.Certificates.FindAll(each => each.IsAlive(c.At));
        var events = alive
            .Where(each => each.Standing is not Standing.OnHold hold || !hold.Causes.Contains(HoldCause.LossReported))
            .Select(each => Suspend(each, c))
            .ToArray();
        if (events.Length > 0)
            return Decision.Accept(events);

        return alive.IsEmpty ? Refusals.NothingToSuspend() : Refusals.AlreadySuspended();
    }

    private static ResidentEvent Suspend(Certificate certificate, Circumstances c) =>
        c.RuleSet.SuspensionRevokesSignature && certificate.Kind == CertificateKind.Signature
            ? new CertificateRevoked(certificate.Serial, certificate.Kind, RevocationCause.LossReported)
            : new CertificateSuspended(certificate.Serial, certificate.Kind, HoldCause.LossReported);
}
