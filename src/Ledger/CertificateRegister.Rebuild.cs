using System.Data;
using System.Runtime.CompilerServices;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>The register against the events, which are what is true.</summary>
public sealed partial class CertificateRegister
{
    private const string Folded = "folded_certificate";

    private static readonly string _same = $"({Of("folded")}) is not distinct from ({Of("kept")})";

    /// <summary>
    /// Corrects every row that differs from what the events add up to, in one transaction; appends wait until it is done. For a ledger that is
    /// older than the register, and after a difference was found. Rows that are right stay untouched, so no list gets longer by it.
    /// </summary>
    /// <returns>Rows added, corrected and taken out.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer; nothing was changed.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Corrected or not; doing it again does no harm.</exception>
    /// <exception cref="LedgerDamagedException">The ledger holds what this program never wrote, as two certificates of one serial number.</exception>
    public async Task<int> RebuildAsync(CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.ReadCommitted, cancellation);

        // Excludes writers of events and other rebuilds.
        await connection.Statement($"lock table {LedgerStore.SchemaName}.mt_events in share row exclusive mode").Patient().RunAsync(cancellation);
        await FoldIntoAsync(connection, null, cancellation);
        if (await connection.Statement($"select exists (select from {Folded} group by serial having count(*) > 1)").Patient().ScalarAsync<bool>(cancellation))
            throw new LedgerDamagedException("The events tell of two certificates with one serial number.");

        var corrected = 0;
        foreach (var statement in Corrections)
            corrected += await connection.Statement(statement).Patient().RunAsync(cancellation);
        await transaction.CommittedAsync(cancellation);
        return corrected;
    }

    /// <summary>Every place where the register says other than the events do, as of one instant, while commands go on.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">The ledger holds what this program never wrote.</exception>
    public async IAsyncEnumerable<RegisterDifference> CompareAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellation);
        var snapshot = await connection.Statement("select pg_export_snapshot()").ScalarAsync<string>(cancellation);
        await FoldIntoAsync(connection, snapshot, cancellation);

        var differences = Wire.RowsAsync(() => connection.Statement(Differing).Patient(), Difference, cancellation);
        await foreach (var difference in differences)
            yield return difference;
    }

    /// <summary>Fills the register of a ledger that has certificates and no row: it is older than the register.</summary>
    internal async Task PrepareAsync(CancellationToken cancellation)
    {
        if (await _store.IsOlderThanAsync<CertificateIssued>(CertificateTable.FullName, cancellation))
            await RebuildAsync(cancellation);
    }

    private static string Differing => $"""
        select {Of("kept")}, {Of("folded")} from {CertificateTable.FullName} kept full join {Folded} folded on folded.serial = kept.serial
        where not ({_same}) order by coalesce(kept.serial, folded.serial)
        """;

    private static string[] Corrections =>
    [
        $"delete from {CertificateTable.FullName} kept where not exists (select from {Folded} folded where folded.serial = kept.serial)",
        $"""
        update {CertificateTable.FullName} kept set ({CertificateRow.Columns}, changed_in) = ({Of("folded")}, pg_current_xact_id())
        from {Folded} folded where folded.serial = kept.serial and not ({_same})
        """,
        $"""
        insert into {CertificateTable.FullName} ({CertificateRow.Columns})
        select {Of("folded")} from {Folded} folded where not exists (select from {CertificateTable.FullName} kept where kept.serial = folded.serial)
        """,
    ];

    private static string Of(string table) => string.Join(", ", CertificateRow.Columns.Split(", ").Select(column => $"{table}.{column}"));

    /// <summary>Folds all events, one resident in memory at a time, into a table of the transaction's own.</summary>
    /// <param name="snapshot">The exported snapshot to read the events in; none for the present.</param>
    private async Task FoldIntoAsync(NpgsqlConnection connection, string? snapshot, CancellationToken cancellation)
    {
        await connection
            .Statement($"create temporary table {Folded} on commit drop as select {CertificateRow.Columns} from {CertificateTable.FullName} with no data")
            .RunAsync(cancellation);
        await Wire.ReadingAsync(async () =>
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"copy {Folded} ({CertificateRow.Columns}) from stdin (format binary)", cancellation);
            await foreach (var row in FoldAsync(_ledger.ReadByResidentAsync(snapshot, cancellation), cancellation))
                await copy.WriteRowAsync(cancellation, CertificateRow.ValuesOf(row));
            return await copy.CompleteAsync(cancellation);
        });
    }

    /// <param name="byResident">Each one's events together, oldest first.</param>
    internal static async IAsyncEnumerable<RegisterRow> FoldAsync(
        IAsyncEnumerable<Recorded> byResident, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (resident, state) = (default(ResidentId?), (Resident)Resident.Unknown.Instance);
        var rows = new Dictionary<SerialNumber, RegisterRow>();
        await foreach (var recorded in byResident.WithCancellation(cancellation))
        {
            if (recorded.Resident != resident)
            {
                foreach (var row in rows.Values)
                    yield return row;
                rows.Clear();
                (resident, state) = (recorded.Resident, Resident.Unknown.Instance);
            }

            foreach (var change in CertificateChanges.ChangedBy(recorded.Resident, state, [recorded.Event], recorded.Provenance))
                Apply(rows, change);
            state = Resident.Evolve(state, recorded.Event, recorded.Provenance);
        }

        foreach (var row in rows.Values)
            yield return row;
    }

    private static void Apply(Dictionary<SerialNumber, RegisterRow> rows, CertificateChange change) => rows[change.Serial] = change switch
    {
        CertificateChange.Entered entered => RegisterRow.Of(entered),
        CertificateChange.StatusChanged changed => rows[changed.Serial].With(changed),
        _ => throw new InvalidOperationException("A certificate is entered, or its status changes."),
    };

    private static RegisterDifference Difference(NpgsqlDataReader reader)
    {
        var columns = reader.FieldCount / 2;
        return new(
            reader.IsDBNull(0) ? null : CertificateRow.Read(reader),
            reader.IsDBNull(columns) ? null : CertificateRow.Read(reader, columns));
    }
}
