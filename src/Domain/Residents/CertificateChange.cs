using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>電子証明書の登録の異動: what an event changes in the register of issued certificates.</summary>
public abstract record CertificateChange
{
    private CertificateChange()
    {
    }

    public abstract SerialNumber Serial { get; }

    /// <summary>The certificate exists from here on.</summary>
    /// <param name="Certificate">Good, or on hold when the hold came between order and signature.</param>
    public sealed record Entered(ResidentId Resident, RegisteredCertificate Certificate) : CertificateChange
    {
        public override SerialNumber Serial => Certificate.Serial;
    }

    /// <summary>Relying parties are to be told otherwise than before.</summary>
    /// <param name="Status">Good after the last cause of a hold was lifted.</param>
    /// <param name="At">When it became so.</param>
    public sealed record StatusChanged(SerialNumber Serial, RevocationStatus Status, DateTimeOffset At) : CertificateChange
    {
        public override SerialNumber Serial { get; } = Serial;
    }
}

/// <summary>
/// From a resident's events to the register of issued certificates. What was ordered and never issued is no certificate: nobody can hold it up
/// to be asked about, so no change speaks of it.
/// </summary>
public static class CertificateChanges
{
    /// <summary>What these events change, in their order; empty for most.</summary>
    public static IReadOnlyList<CertificateChange> ChangedBy(
        ResidentId id, Resident before, IReadOnlyList<ResidentEvent> events, Provenance provenance)
    {
        var changes = new List<CertificateChange>();
        var state = before;
        foreach (var happened in events)
        {
            var next = Resident.Evolve(state, happened, provenance);
            if (ChangeBy(id, happened, state, next, provenance) is { } change)
                changes.Add(change);
            state = next;
        }

        return changes;
    }

    private static CertificateChange? ChangeBy(ResidentId id, ResidentEvent happened, Resident before, Resident after, Provenance provenance) =>
        happened switch
        {
            CertificateIssued e => Enter(id, Find(before, e.Serial), Find(after, e.Serial)),
            CertificateSuspended e => Change(Find(before, e.Serial), Find(after, e.Serial), provenance.At),
            CertificateReleased e => Change(Find(before, e.Serial), Find(after, e.Serial), provenance.At),
            CertificateRevoked e => Change(Find(before, e.Serial), Find(after, e.Serial), provenance.At),
            _ => null,
        };

    private static CertificateChange.Entered Enter(ResidentId id, Certificate ordered, Certificate issued)
    {
        var order = OrderOf(ordered.Standing)!;
        return new(id, new(order.Serial, order.Kind, order.AuthorityKeyId, order.Municipality, order.NotAfter, StatusOf(issued.Standing)));
    }

    private static CertificateChange.StatusChanged? Change(Certificate before, Certificate after, DateTimeOffset at)
    {
        if (OrderOf(before.Standing) is not null || before.IsRevoked)
            return null;

        var status = StatusOf(after.Standing);
        return status == StatusOf(before.Standing) ? null : new(after.Serial, status, at);
    }

    /// <summary>The order of what is not signed yet; none for what is.</summary>
    private static CertificateOrder? OrderOf(Standing standing) => standing switch
    {
        Standing.Ordered ordered => ordered.Order,
        Standing.OnHold { Found: Standing.Ordered ordered } => ordered.Order,
        _ => null,
    };

    private static RevocationStatus StatusOf(Standing standing) => standing switch
    {
        Standing.OnHold hold => new RevocationStatus.OnHold(hold.Since),
        Standing.Revoked revoked => new RevocationStatus.Revoked(RevocationReasons.Of(revoked.Cause), revoked.At),
        _ => RevocationStatus.Good.Instance,
    };

    // Evolve has thrown already for a serial number that was never ordered.
    private static Certificate Find(Resident state, SerialNumber serial) => ((Resident.Registered)state).WithSerial(serial)!;
}
