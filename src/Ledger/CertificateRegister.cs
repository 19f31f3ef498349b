using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>
/// 発行済み電子証明書の登録簿: every certificate ever issued with what relying parties are told of it, kept in the transaction of the events it follows
/// from. Safe for concurrent use.
/// </summary>
public sealed partial class CertificateRegister
{
    // For who has no position: later than any transaction, so that no row is even looked at.
    private const string EverythingSeen = "9000000000000000000:9000000000000000000:";

    private readonly LedgerStore _store;
    private readonly ResidentLedger _ledger;

    internal CertificateRegister(LedgerStore store, ResidentLedger ledger) => (_store, _ledger) = (store, ledger);

    /// <summary>The certificates with these serial numbers, in one round trip; what was never issued is absent.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>> FindAsync(
        IReadOnlyCollection<SerialNumber> serials, CancellationToken cancellation = default)
    {
        var octets = serials.Select(each => each.ToOctets()).ToArray();
        var found = new Dictionary<SerialNumber, RegisteredCertificate>(serials.Count);
        await foreach (var row in RowsAsync("serial = any($1)", octets, cancellation))
            found.Add(row.Certificate.Serial, row.Certificate);
        return found;
    }

    /// <summary>
    /// What has changed since a position: certificates entered, revoked, held or released by a transaction that was not committed then. However
    /// late a transaction commits, it is told of once. Cheap enough to be asked several times a second.
    /// </summary>
    /// <param name="position">From an earlier answer; none to learn only where one is.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<RegisterChanges> ChangesSinceAsync(RegisterPosition? position, CancellationToken cancellation = default)
    {
        // One statement, hence one snapshot: what it does not see is in none of its rows and after its position. The join gives a row in any case.
        var since = position?.Moment;
        NpgsqlCommand Query() => _store.Source.Statement(
            $"""
            select now.incarnation, now.snapshot, changed.serial
            from (select {Moment.IncarnationSql} as incarnation, {Moment.SnapshotSql} as snapshot) now
            left join {CertificateTable.FullName} changed on now.incarnation = $1 and {Moment.ChangedSince("$2")}
            """,
            since?.Incarnation ?? "", since?.Snapshot ?? EverythingSeen);
        var (now, serials) = (default(Moment), new List<SerialNumber>());
        await foreach (var (moment, serial) in Wire.RowsAsync(
            Query, reader => (new Moment(reader.GetString(0), reader.GetString(1)), reader.IsDBNull(2) ? null : reader.GetFieldValue<byte[]>(2)), cancellation))
        {
            now = moment;
            if (serial is not null)
                serials.Add(SerialNumber.FromOctets(serial));
        }

        return new(serials, new(now), IsLost: since is { } known && known.Incarnation != now.Incarnation);
    }

    /// <summary>Every certificate of a resident, in no particular order.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<RegisteredCertificate> OfResidentAsync(ResidentId resident, CancellationToken cancellation = default) =>
        RowsAsync("resident = $1", resident.Value, cancellation).Select(each => each.Certificate);

    private IAsyncEnumerable<RegisterRow> RowsAsync(string condition, object value, CancellationToken cancellation) => Wire.RowsAsync(
        () => _store.Source.Statement($"select {CertificateRow.Columns} from {CertificateTable.FullName} where {condition}", [value]),
        reader => CertificateRow.Read(reader),
        cancellation);
}

/// <summary>A moment of the register, as its changes are asked for. Valid for as long as the database is the same.</summary>
public sealed record RegisterPosition
{
    internal RegisterPosition(Moment moment) => Moment = moment;

    internal Moment Moment { get; }

    public override string ToString() => Moment.ToString();
}

/// <param name="Serials">Whose status may be another than at the position asked for, each once.</param>
/// <param name="Position">To ask from next.</param>
/// <param name="IsLost">
/// True when the position asked for was of another database, as after a restored backup: nothing known before may be relied on, and
/// <see cref="Serials"/> is empty.
/// </param>
public sealed record RegisterChanges(IReadOnlyList<SerialNumber> Serials, RegisterPosition Position, bool IsLost);
