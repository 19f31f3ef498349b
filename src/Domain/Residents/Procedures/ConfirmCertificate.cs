using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 書込みの確認: the certificate is on the card, activated, and was read back the same. From here the old one of its kind can no longer be used,
/// so it is revoked as superseded in the same step.
/// </summary>
/// <param name="Card">The card it was read back from.</param>
/// <param name="Sha256">Of the DER read back, lower-case hexadecimal.</param>
[StoredName("confirm-certificate", "カードへの書込みの確認")]
public sealed record ConfirmCertificate(SerialNumber Serial, CardSerial Card, string Sha256) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.WithSerial(Serial) is not { } certificate)
            return Refusals.UnknownCertificate();
        if (certificate.Standing is Standing.Refused)
            return Refusals.CertificateWasRefused();
        if (IssuedSha256(certificate.Standing) is not { } issued)
            return Refusals.NotAwaitingConfirmation();
        if (!certificate.IsAlive(c.At))
            return Refusals.ValidityHasEnded();
        if (certificate.Card != Card)
            return Refusals.CardOfAnotherResident();
        if (issued != Sha256)
            return Refusals.ReadBackDiffers();

        var superseded = from old in state.Certificates
                         where old.Kind == certificate.Kind && old.Serial != Serial && old.IsAlive(c.At)
                         select new CertificateRevoked(old.Serial, old.Kind, RevocationCause.Superseded);
        return Decision.Accept([new CertificateConfirmed(Serial, certificate.Kind, Card), .. superseded]);
    }

    private static string? IssuedSha256(Standing standing) => standing switch
    {
        Standing.Issued issued => issued.Sha256,
        Standing.OnHold { Found: Standing.Issued issued } => issued.Sha256,
        _ => null,
    };
}
