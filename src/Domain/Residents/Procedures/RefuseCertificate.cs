using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 発行の事故の記録: what the authority made of an order did not pass the check of its profile, and did not leave. Recorded once: the same order
/// would fail again, so it is not tried again by itself. The application stays open: it is abandoned, or another key is requested.
/// </summary>
/// <param name="Findings">Codes of the departures from the profile; never empty, no personal data.</param>
[StoredName("refuse-certificate", "発行の事故の記録")]
public sealed record RefuseCertificate(SerialNumber Serial, IReadOnlyList<string> Findings) : InternalCommand
{
    internal Decision Decide(Resident.Registered state) => state.WithSerial(Serial) switch
    {
        null => Refusals.UnknownCertificate(),
        { Standing: Standing.Ordered, Kind: var kind } => Decision.Accept(new CertificateRefused(Serial, kind, Findings)),
        { Standing: Standing.OnHold { Found: Standing.Ordered } } => Refusals.CertificateOnHold(),
        _ => Refusals.AlreadyOrdered(),
    };
}
