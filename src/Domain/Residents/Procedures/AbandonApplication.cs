using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>申請の取下げ: what was issued and never confirmed is revoked; the fee goes back unless one kind did reach the card.</summary>
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
        var refund = open is { FeeYen: > 0, NothingConfirmed: true } ? new[] { new FeeRefunded(Application, open.FeeYen) } : [];
        return Decision.Accept([.. revoked, .. refund, new ApplicationAbandoned(Application)]);
    }
}
