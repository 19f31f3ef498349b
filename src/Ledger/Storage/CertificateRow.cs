using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger.Storage;

/// <summary>How a certificate of the register stands in <see cref="CertificateTable"/>.</summary>
internal static class CertificateRow
{
    /// <summary>The columns that tell of the certificate, in the order that <see cref="ValuesOf"/> and <see cref="Read"/> keep.</summary>
    public const string Columns = "serial, authority_key, municipality, kind, resident, not_after, status, reason, at";

    public const short Good = 0;
    private const short OnHold = 1;
    private const short Revoked = 2;

    private const string Signature = "signature";
    private const string UserAuthentication = "user-authentication";

    private const string Enter = $"insert into {CertificateTable.FullName} ({Columns}) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private const string Change =
        $"update {CertificateTable.FullName} set status = $1, reason = $2, at = $3, changed_in = pg_current_xact_id() where serial = $4";

    /// <summary>What makes the changes: first all that is entered, then each status that changes, in order.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<CertificateChange> changes)
    {
        RegisterRow[] entered = [.. changes.OfType<CertificateChange.Entered>().Select(RegisterRow.Of)];
        if (entered.Length > 0)
            yield return Arrays.Statement(Enter, [.. ColumnsOf(entered)]);
        foreach (var changed in changes.OfType<CertificateChange.StatusChanged>())
        {
            var (status, reason) = Code(changed.Status);
            yield return Arrays.Statement(
                Change,
                new NpgsqlParameter<short> { TypedValue = status },
                new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Smallint, Value = (object?)reason ?? DBNull.Value },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = changed.At.ToUniversalTime() },
                new NpgsqlParameter<byte[]> { TypedValue = changed.Serial.ToOctets() });
        }
    }

    /// <summary>The values of <see cref="Columns"/>.</summary>
    public static object?[] ValuesOf(RegisterRow row)
    {
        var certificate = row.Certificate;
        var (status, reason) = Code(certificate.Status);
        return
        [
            certificate.Serial.ToOctets(),
            certificate.AuthorityKeyId,
            certificate.Municipality.Value,
            Name(certificate.Kind),
            row.Resident.Value,
            certificate.NotAfter.ToUniversalTime(),
            status,
            reason,
            row.ChangedAt?.ToUniversalTime(),
        ];
    }

    private static IEnumerable<NpgsqlParameter> ColumnsOf(IReadOnlyList<RegisterRow> rows) =>
    [
        Arrays.Of(NpgsqlDbType.Bytea, rows.Select(each => each.Certificate.Serial.ToOctets())),
        Arrays.Of(NpgsqlDbType.Text, rows.Select(each => each.Certificate.AuthorityKeyId)),
        Arrays.Of(NpgsqlDbType.Text, rows.Select(each => each.Certificate.Municipality.Value)),
        Arrays.Of(NpgsqlDbType.Text, rows.Select(each => Name(each.Certificate.Kind))),
        Arrays.Of(NpgsqlDbType.Text, rows.Select(each => each.Resident.Value)),
        Arrays.Of(NpgsqlDbType.TimestampTz, rows.Select(each => each.Certificate.NotAfter.ToUniversalTime())),
        Arrays.Of(NpgsqlDbType.Smallint, rows.Select(each => Code(each.Certificate.Status).Status)),
        Arrays.Of(NpgsqlDbType.Smallint, rows.Select(each => Code(each.Certificate.Status).Reason)),
        Arrays.Of(NpgsqlDbType.TimestampTz, rows.Select(each => each.ChangedAt?.ToUniversalTime())),
    ];

    /// <summary>The row whose <see cref="Columns"/> begin at an ordinal.</summary>
    /// <exception cref="LedgerDamagedException">The row was not written by this program.</exception>
    public static RegisterRow Read(NpgsqlDataReader reader, int first = 0)
    {
        DateTimeOffset? changedAt = reader.IsDBNull(first + 8) ? null : reader.GetFieldValue<DateTimeOffset>(first + 8);
        var certificate = new RegisteredCertificate(
            SerialNumber.FromOctets(reader.GetFieldValue<byte[]>(first)),
            reader.GetString(first + 3) == Signature ? CertificateKind.Signature : CertificateKind.UserAuthentication,
            reader.GetString(first + 1),
            MunicipalityCode.Parse(reader.GetString(first + 2)),
            reader.GetFieldValue<DateTimeOffset>(first + 5),
            Status(reader.GetInt16(first + 6), reader.IsDBNull(first + 7) ? null : reader.GetInt16(first + 7), changedAt));
        return new(ResidentId.Parse(reader.GetString(first + 4)), certificate, changedAt);
    }

    /// <summary>The columns' values of an entry in a list: serial, status, reason, at.</summary>
    public static RevocationEntry ReadEntry(NpgsqlDataReader reader) => new(
        Octets.From(reader.GetFieldValue<byte[]>(0)),
        reader.GetInt16(1) switch
        {
            Good => RevocationReason.RemoveFromCrl,
            OnHold => RevocationReason.CertificateHold,
            _ => (RevocationReason)reader.GetInt16(2),
        },
        reader.GetFieldValue<DateTimeOffset>(3));

    private static string Name(CertificateKind kind) => kind == CertificateKind.Signature ? Signature : UserAuthentication;

    private static (short Status, short? Reason) Code(RevocationStatus status) => status switch
    {
        RevocationStatus.Good => (Good, null),
        RevocationStatus.OnHold => (OnHold, null),
        RevocationStatus.Revoked revoked => (Revoked, (short)revoked.Reason),
        _ => throw new InvalidOperationException("A certificate is good, on hold or revoked."),
    };

    private static RevocationStatus Status(short status, short? reason, DateTimeOffset? at) => (status, reason, at) switch
    {
        (Good, _, _) => RevocationStatus.Good.Instance,
        (OnHold, _, { } since) => new RevocationStatus.OnHold(since),
        (Revoked, { } why, { } when) => new RevocationStatus.Revoked((RevocationReason)why, when),
        _ => throw new LedgerDamagedException("A row of the register of certificates has a status this program never wrote."),
    };
}
