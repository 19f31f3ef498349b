using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Ledger;

/// <summary>A certificate with what the register keeps of it for itself.</summary>
/// <param name="ChangedAt">When it was last revoked, put on hold or released; none where it has been good all its life.</param>
public sealed record RegisterRow(ResidentId Resident, RegisteredCertificate Certificate, DateTimeOffset? ChangedAt)
{
    internal static RegisterRow Of(CertificateChange.Entered entered) =>
        new(entered.Resident, entered.Certificate, entered.Certificate.Status is RevocationStatus.OnHold hold ? hold.At : null);

    internal RegisterRow With(CertificateChange.StatusChanged changed) =>
        this with { Certificate = Certificate with { Status = changed.Status }, ChangedAt = changed.At };
}

/// <summary>A place where the register says other than the events do; at least one side is there.</summary>
/// <param name="Kept">The row; none where it is missing.</param>
/// <param name="FromEvents">What the events add up to; none where they know no such certificate.</param>
public sealed record RegisterDifference(RegisterRow? Kept, RegisterRow? FromEvents)
{
    public SerialNumber Serial => (Kept ?? FromEvents)!.Certificate.Serial;
}
