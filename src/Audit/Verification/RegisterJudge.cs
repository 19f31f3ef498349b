using System.Diagnostics;
using Jpki.Audit.Records;
using Jpki.Audit.Replay;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Audit.Verification;

/// <summary>
/// Whether the register of certificates is what a replay makes: the domain's own fold, resident by resident. Takes memory for each resident and
/// certificate, not for each event.
/// </summary>
internal sealed class RegisterJudge(FindingList findings)
{
    private readonly Dictionary<string, Resident?> _residents = [];
    private readonly Dictionary<SerialNumber, ExportedCertificate> _replayed = [];
    private bool _exported;

    /// <summary>Rows compared and equal.</summary>
    public long Equal { get; private set; }

    /// <param name="recorded">None where it can't be read.</param>
    public void Event(ExportedEvent line, Recorded? recorded)
    {
        if (!_residents.TryGetValue(line.Stream, out var before))
            before = Resident.Unknown.Instance;
        // Of a stream that can't be replayed nothing more is said.
        if (before is null)
            return;

        try
        {
            _residents[line.Stream] = recorded is null ? null : Fold(before, recorded);
        }
        catch (UnreachableException)
        {
            // Evolve is total over what a decider accepted, and says so of anything else: what was tampered with.
            _residents[line.Stream] = null;
        }

        if (_residents[line.Stream] is null && RecordedReader.IsOfResident(line) && !line.IsMasked)
            findings.Add(Findings.NotReplayable(line));
    }

    public void Row(ExportedCertificate row)
    {
        _exported = true;
        if (!_replayed.Remove(row.Certificate.Serial, out var replayed))
        {
            if (!IsLost(row.Resident))
                findings.Add(Findings.RegisterStray(row.Certificate.Serial.Value, row.Resident.Value));
        }
        else if (replayed != row)
        {
            if (!IsLost(row.Resident))
                findings.Add(Findings.RegisterDiffers(row.Certificate.Serial.Value, row.Resident.Value));
        }
        else
        {
            Equal++;
        }
    }

    /// <param name="view">The export says that it has a register, also where it is empty.</param>
    public void End(bool view)
    {
        if (!_exported && !view)
        {
            if (_replayed.Count > 0)
                findings.Add(Findings.RegisterNotExported());
            return;
        }

        foreach (var row in _replayed.Values.Where(row => !IsLost(row.Resident)))
            findings.Add(Findings.RegisterMissing(row.Certificate.Serial.Value, row.Resident.Value));
    }

    private bool IsLost(ResidentId resident) => _residents.TryGetValue(resident.Value, out var state) && state is null;

    private Resident Fold(Resident before, Recorded recorded)
    {
        // The register changes by few kinds of events; the others are folded once instead of twice.
        if (recorded.Event is CertificateIssued or CertificateSuspended or CertificateReleased or CertificateRevoked)
        {
            foreach (var change in CertificateChanges.ChangedBy(recorded.Resident, before, [recorded.Event], recorded.Provenance))
                Keep(change);
        }

        return Resident.Evolve(before, recorded.Event, recorded.Provenance);
    }

    private void Keep(CertificateChange change)
    {
        if (change is CertificateChange.Entered entered)
        {
            var held = entered.Certificate.Status as RevocationStatus.OnHold;
            _replayed[change.Serial] = new(entered.Resident, AsKept(entered.Certificate), held is null ? null : AsKept(held.At));
        }
        else if (change is CertificateChange.StatusChanged changed && _replayed.TryGetValue(change.Serial, out var row))
        {
            _replayed[change.Serial] = row with
            {
                Certificate = AsKept(row.Certificate with { Status = changed.Status }),
                ChangedAt = AsKept(changed.At),
            };
        }
    }

    private static RegisteredCertificate AsKept(RegisteredCertificate certificate) => certificate with
    {
        NotAfter = AsKept(certificate.NotAfter),
        Status = certificate.Status switch
        {
            RevocationStatus.OnHold hold => hold with { At = AsKept(hold.At) },
            RevocationStatus.Revoked revoked => revoked with { At = AsKept(revoked.At) },
            var other => other,
        },
    };

    /// <summary>The database keeps microseconds of UTC, and cuts off what is finer.</summary>
    private static DateTimeOffset AsKept(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
