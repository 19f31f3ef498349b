using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 発行の記録: the authority signed what was ordered. Recorded once, also while on hold; the same order signed again after a crash is the same
/// certificate.
/// </summary>
/// <param name="Certificate">DER, checked against its profile.</param>
/// <param name="Sha256">Of the DER, lower-case hexadecimal.</param>
[StoredName("record-certificate", "発行の記録")]
public sealed record RecordCertificate(SerialNumber Serial, Octets Certificate, string Sha256) : InternalCommand
{
    internal Decision Decide(Resident.Registered state) => state.WithSerial(Serial) switch
    {
        null => Refusals.UnknownCertificate(),
        { Standing: Standing.Ordered or Standing.OnHold { Found: Standing.Ordered }, Kind: var kind } =>
            Decision.Accept(new CertificateIssued(Serial, kind, Certificate, Sha256)),
        _ => Refusals.AlreadyOrdered(),
    };
}
