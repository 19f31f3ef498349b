using System.Data;
using System.Runtime.CompilerServices;
using JasperFx.Events;
using Jpki.Audit.Merkle;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Ledger.Storage;
using Marten;
using Marten.Events.Archiving;
using Marten.Services;
using Npgsql;

namespace Jpki.Ledger.Proofs;

/// <summary>The ledger as of one instant, for readers that go beside each other: each on a connection of its own, all in one snapshot.</summary>
internal sealed class ExportSnapshot : IAsyncDisposable
{
    private const int Looks = 50;

    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly List<IAsyncDisposable> _open = [];
    private readonly LedgerStore _store;
    private readonly MunicipalityCode _municipality;
    private string _name = "";

    private ExportSnapshot(LedgerStore store, MunicipalityCode municipality) => (_store, _municipality) = (store, municipality);

    /// <summary>Leaves of the tree.</summary>
    public long Size { get; private set; }

    /// <summary>Up to which number every event has its leaf, or should have.</summary>
    public long Tail { get; private set; }

    /// <summary>Of the last leaf's event; 0 without leaves.</summary>
    public long LastSequence { get; private set; }

    /// <summary>
    /// Opens one. Bodies just masked are waited for until the entry that announces it has its leaf, or the export would look as if somebody had
    /// masked them unannounced; not for ever, for then whoever makes leaves stands still and the export says that, too.
    /// </summary>
    public static async Task<ExportSnapshot> OpenAsync(LedgerStore store, MunicipalityCode municipality, CancellationToken cancellation)
    {
        for (var look = 1; ; look++)
        {
            var snapshot = await OpenOnceAsync(store, municipality, cancellation);
            if (look == Looks || !await snapshot.AnnouncesLaterAsync(cancellation))
                return snapshot;
            await snapshot.DisposeAsync();
            await Task.Delay(_betweenLooks, cancellation);
        }
    }

    private static async Task<ExportSnapshot> OpenOnceAsync(LedgerStore store, MunicipalityCode municipality, CancellationToken cancellation)
    {
        var snapshot = new ExportSnapshot(store, municipality);
        try
        {
            var first = (await snapshot.ConnectAsync(cancellation)).Connection;
            snapshot.Size = await first.Statement(
                $"select coalesce((select size from {TreeTable.FullName} where municipality = $1), 0)", municipality.Value).ScalarAsync<long>(cancellation);
            snapshot.LastSequence = await first.Statement(
                $"select coalesce((select sequence from {TreeTable.FullName} where municipality = $1), 0)", municipality.Value).ScalarAsync<long>(cancellation);
            snapshot.Tail = await first.Statement($"select coalesce(max(sequence), 0) from {TailTable.FullName}").ScalarAsync<long>(cancellation);
            snapshot._name = await first.Statement("select pg_export_snapshot()").ScalarAsync<string>(cancellation);
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    /// <param name="sequence">Only this one's; none for all.</param>
    public IAsyncEnumerable<StoredLeaf> LeavesAsync(long? sequence, CancellationToken cancellation) => ReadAsync(
        $"select index, sequence, hash from {LeafTable.FullName} where municipality = $1 {Only("sequence", sequence)} order by index",
        [_municipality.Value],
        row => new StoredLeaf(row.GetInt64(0), row.GetInt64(1), new TreeHash(row.GetFieldValue<byte[]>(2))), cancellation);

    /// <param name="sequence">Only this one; none for all.</param>
    public IAsyncEnumerable<StoredWithSalt> EventsAsync(long? sequence, CancellationToken cancellation) => ReadAsync(
        $"""
        select {StoredRow.Columns}, (select salt from {SaltTable.FullName} where stream = stream_id),
            (select commitment from {CommitmentTable.FullName} where sequence = seq_id)
        from {StoredRow.FromEvents} and seq_id <= $2 and {StreamKeys.BelongsSql("$1")} {Only("seq_id", sequence)} order by seq_id
        """,
        [_municipality.Value, Tail],
        row => new StoredWithSalt(
            StoredRow.Read(row),
            row.IsDBNull(StoredRow.Count) ? null : row.GetFieldValue<byte[]>(StoredRow.Count),
            row.IsDBNull(StoredRow.Count + 1) ? null : row.GetFieldValue<byte[]>(StoredRow.Count + 1)), cancellation);

    /// <summary>Ascending.</summary>
    public IAsyncEnumerable<StoredCheckpoint> CheckpointsAsync(CancellationToken cancellation) => ReadAsync(
        $"""
        select size, at, note,
            (select string_agg(line || E'\n', '' order by witness) from {CosignatureTable.FullName} c where c.municipality = p.municipality and c.size = p.size)
        from {CheckpointTable.FullName} p where municipality = $1 order by size
        """,
        [_municipality.Value],
        row => new StoredCheckpoint(
            row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2) + (row.IsDBNull(3) ? "" : row.GetString(3))), cancellation);

    /// <summary>
    /// The register as of the tail. Rows stand in the register with their events, so those of residents who have events after the tail are
    /// folded from the events before it.
    /// </summary>
    public async IAsyncEnumerable<RegisterRow> CertificatesAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var ahead = await ReadAsync(
            $"select distinct stream_id from {StoredRow.FromEvents} and seq_id > $2 and starts_with(stream_id, $1 || '-')",
            [_municipality.Value, Tail], row => row.GetString(0), cancellation).ToArrayAsync(cancellation);
        await foreach (var row in ReadAsync(
            $"select {CertificateRow.Columns} from {CertificateTable.FullName} where municipality = $1 and resident <> all($2) order by serial",
            [_municipality.Value, ahead], row => CertificateRow.Read(row), cancellation))
            yield return row;
        if (ahead.Length == 0)
            yield break;

        await using var session = _store.Documents.QuerySession(SessionOptions.ForTransaction((await ConnectAsync(cancellation)).Transaction));
        var (tail, events) = (Tail, session.Events.QueryAllRawEvents());
        var before = events.Where(each => each.StreamKey!.IsOneOf(ahead) && each.Sequence <= tail && each.MaybeArchived())
            .OrderBy(each => each.StreamKey).ThenBy(each => each.Version);
        await foreach (var row in CertificateRegister.FoldAsync(RecordedAsync(before, cancellation), cancellation))
            yield return row;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var each in Enumerable.Reverse(_open))
            await each.DisposeAsync();
    }

    private static string Only(string column, long? sequence) =>
        sequence is { } only ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"and {column} = {only}") : "";

    private async IAsyncEnumerable<T> ReadAsync<T>(
        string query, object[] values, Func<NpgsqlDataReader, T> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var connection = (await ConnectAsync(cancellation)).Connection;
        await foreach (var row in Wire.RowsAsync(() => connection.Statement(query, values).Patient(), read, cancellation))
            yield return row;
    }

    private static async IAsyncEnumerable<Recorded> RecordedAsync(
        IQueryable<IEvent> events, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in events.ToAsyncEnumerable(cancellation))
            yield return StoredEvent.ToRecorded(stored);
    }

    private ValueTask<bool> AnnouncesLaterAsync(CancellationToken cancellation) => ReadAsync(
        $"select from {StoredRow.FromEvents} and seq_id > $2 and type = $3 and {StreamKeys.BelongsSql("$1")} limit 1",
        [_municipality.Value, Tail, StoredNameAttribute.Of(typeof(BodiesMasked)).Name], _ => true, cancellation).AnyAsync(cancellation);

    private async Task<(NpgsqlConnection Connection, NpgsqlTransaction Transaction)> ConnectAsync(CancellationToken cancellation)
    {
        var connection = await _store.Source.ConnectAsync(cancellation);
        _open.Add(connection);
        var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellation);
        _open.Add(transaction);
        if (_name.Length > 0)
            await connection.Statement($"set transaction snapshot '{_name}'").RunAsync(cancellation);
        return (connection, transaction);
    }
}
