using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Statistics;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>The facts of a resident as columns: what is counted by, and the rest as text, which most residents have none of.</summary>
internal sealed record ResidentRow(
    string Resident,
    DateOnly? BirthDate,
    string? SignatureSerial,
    DateOnly? SignatureUntil,
    string? AuthenticationSerial,
    DateOnly? AuthenticationUntil,
    string? Pending)
{
    public const string Columns =
        "resident, birth_date, signature_serial, signature_until, authentication_serial, authentication_until, pending";

    public static ResidentRow Of(string resident, ResidentFacts facts)
    {
        var signature = facts.Held.Find(each => each.Kind == CertificateKind.Signature);
        var authentication = facts.Held.Find(each => each.Kind == CertificateKind.UserAuthentication);
        return new(
            resident, facts.BirthDate, signature?.Serial.ToString(), signature?.LastDay, authentication?.Serial.ToString(), authentication?.LastDay,
            facts.Pending.IsEmpty ? null : JsonSerializer.Serialize(facts.Pending, Contract.Options));
    }

    public static ResidentRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), Day(row, 1), Text(row, 2), Day(row, 3), Text(row, 4), Day(row, 5), Text(row, 6));

    public ResidentFacts ToFacts() => new()
    {
        BirthDate = BirthDate,
        Held =
        [
            .. Held(CertificateKind.Signature, SignatureSerial, SignatureUntil),
            .. Held(CertificateKind.UserAuthentication, AuthenticationSerial, AuthenticationUntil),
        ],
        Pending = Pending is null ? PendingFacts.None : JsonSerializer.Deserialize<PendingFacts>(Pending, Contract.Options)!,
    };

    private static IEnumerable<HeldCertificate> Held(CertificateKind kind, string? serial, DateOnly? until)
    {
        if (serial is not null && until is { } lastDay)
            yield return new(kind, SerialNumber.Parse(serial), lastDay);
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}
