using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 申請の取下げ: what was issued and never confirmed is revoked; the fee goes back unless a kind it was charged for did reach the card.
/// </summary>
[StoredName("abandon-application", "申請の取下げ")]
public sealed record AbandonApplication(CommandId Application) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Application is not Application.Open open || open.Id != Application)
            return Refusals.NoSuchApplication();

        var revoked = from certificate in state.Certificates
                      where certificate.IsUnconfirmed && certificate.IsAlive(c.At)
                      select new CertificateRevoked(certificate.Serial, certificate.Kind, RevocationCause.NeverConfirmed);
        var refund = open.RefundYen > 0 ? new[] { new FeeRefunded(Application, open.RefundYen) } : [];
        return Decision.Accept([.. revoked, .. refund, new ApplicationAbandoned(Application)]);
    }
}
