using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger;

namespace Jpki.Silo.Reconciliation;

/// <summary>比較: one resident's events against everything that must agree with them. Pure: what was found outside is handed in.</summary>
internal static class Comparison
{
    private const string Absent = "absent";
    private const string Good = "good";

    public static IEnumerable<Difference> WithRegister(Truth truth, IReadOnlyCollection<RegisteredCertificate> rows)
    {
        var found = rows.ToDictionary(each => each.Serial);
        foreach (var each in truth.Certificates)
        {
            if (!found.Remove(each.Serial, out var row))
                yield return Of(truth, ComparedWith.Register, each, Text(each.Status), Absent);
            else if (!Agree(row, each))
                yield return Of(truth, ComparedWith.Register, each, Text(each.Status), Text(row.Status) == Text(each.Status) ? "other facts" : Text(row.Status));
        }

        foreach (var extra in found.Values)
            yield return Of(truth, ComparedWith.Register, extra, Absent, Text(extra.Status));
    }

    /// <param name="listed">What the lists say; none: nothing.</param>
    public static IEnumerable<Difference> WithLists(
        Truth truth, IEnumerable<RegisteredCertificate> valid, Func<RegisteredCertificate, RevocationReason?> listed) =>
        from each in valid
        let expected = ReasonOf(each.Status)
        let found = listed(each)
        where expected != found
        select Of(truth, ComparedWith.RevocationList, each, expected?.ToString() ?? "not listed", found?.ToString() ?? "not listed");

    public static IEnumerable<Difference> WithOcsp(
        Truth truth, IEnumerable<RegisteredCertificate> valid, IReadOnlyDictionary<SerialNumber, RevocationStatus?> answers)
    {
        foreach (var each in valid)
        {
            var answered = answers.TryGetValue(each.Serial, out var status);
            var found = !answered ? "no answer" : status is null ? "unknown" : Text(status);
            if (found != Text(each.Status))
                yield return Of(truth, ComparedWith.Ocsp, each, Text(each.Status), found);
        }
    }

    public static IEnumerable<Difference> WithCard(Truth truth, KeptReading reading)
    {
        var found = reading.Reading.Certificates.ToDictionary(each => each.Kind);
        foreach (var (kind, serial, sha256) in truth.OnCard(reading))
        {
            if (!found.Remove(kind, out var read))
                yield return new(truth.Id, ComparedWith.Card, kind, serial, serial.Value, Absent);
            else if (read.Serial != serial || read.Sha256 != sha256)
                yield return new(truth.Id, ComparedWith.Card, kind, serial, serial.Value, read.Serial == serial ? "other octets" : read.Serial.Value);
        }

        foreach (var extra in found.Values)
            yield return new(truth.Id, ComparedWith.Card, extra.Kind, extra.Serial, Absent, extra.Serial.Value);
    }

    // The database keeps microseconds, events a tenth of that.
    private static bool Agree(RegisteredCertificate row, RegisteredCertificate truth) =>
        row with { Status = truth.Status } == truth
        && ReasonOf(row.Status) == ReasonOf(truth.Status)
        && (InstantOf(row.Status) - InstantOf(truth.Status)).Duration() < TimeSpan.FromMicroseconds(1);

    private static DateTimeOffset InstantOf(RevocationStatus status) => status switch
    {
        RevocationStatus.OnHold hold => hold.At,
        RevocationStatus.Revoked revoked => revoked.At,
        _ => DateTimeOffset.UnixEpoch,
    };

    private static Difference Of(Truth truth, ComparedWith with, RegisteredCertificate certificate, string expected, string found) =>
        new(truth.Id, with, certificate.Kind, certificate.Serial, expected, found);

    private static RevocationReason? ReasonOf(RevocationStatus status) => status switch
    {
        RevocationStatus.Good => null,
        RevocationStatus.OnHold => RevocationReason.CertificateHold,
        RevocationStatus.Revoked revoked => revoked.Reason,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    // Lists and answers have whole seconds: the instant is compared by the register, the reason by all.
    private static string Text(RevocationStatus status) => ReasonOf(status)?.ToString() ?? Good;
}
