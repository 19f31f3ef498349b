using System.IO.Pipelines;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Proofs;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger;

/// <summary>監査用の書き出し: a municipality's whole record as one file, as of one instant, in memory that does not grow with it. Safe for concurrent use.</summary>
public sealed class AuditExport
{
    private const int FlushOctets = 64 * 1024;

    private readonly LedgerStore _store;
    private readonly TimeProvider _clock;

    internal AuditExport(LedgerStore store, TimeProvider clock) => (_store, _clock) = (store, clock);

    /// <summary>Writes the export: header, events with their checkpoints, the register of certificates, the end.</summary>
    /// <param name="origin">Of the tree.</param>
    /// <param name="target">Flushed now and then; not closed.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer; what is written has no end then.</exception>
    public async Task WriteAsync(MunicipalityCode municipality, string origin, PipeWriter target, CancellationToken cancellation)
    {
        await using var snapshot = await ExportSnapshot.OpenAsync(_store, municipality, cancellation);
        using var writer = new ExportWriter(target);
        writer.Write(new ExportHeader(municipality, origin, snapshot.Size, _clock.GetUtcNow()));
        await WriteEventsAsync(snapshot, writer, target, cancellation);
        var rows = 0L;
        await foreach (var row in snapshot.CertificatesAsync(cancellation))
        {
            writer.Write(new ExportedCertificate(row.Resident, row.Certificate, row.ChangedAt));
            rows++;
            await FlushAsync(target, cancellation);
        }

        writer.Write(new ExportedView(ExportedView.Certificates, snapshot.LastSequence, rows, ""));

        writer.WriteEnd();
        await target.FlushAsync(cancellation);
    }

    /// <summary>One event as an export writes it.</summary>
    /// <returns>None when it has no leaf in the tree of the municipality.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<ExportedEvent?> EventAsync(MunicipalityCode municipality, long sequence, CancellationToken cancellation)
    {
        await using var snapshot = await ExportSnapshot.OpenAsync(_store, municipality, cancellation);
        var leaf = await snapshot.LeavesAsync(sequence, cancellation).FirstOrDefaultAsync(cancellation);
        var stored = await snapshot.EventsAsync(sequence, cancellation).FirstOrDefaultAsync(cancellation);
        return leaf is null || stored is null ? null : Line(leaf, stored);
    }

    /// <summary>The sequence of the event by which a certificate was issued.</summary>
    /// <returns>None when the municipality has no such certificate.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<long?> IssuedAtAsync(MunicipalityCode municipality, SerialNumber serial, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => _store.Source.Statement(
                $"""
                select e.seq_id from {CertificateTable.FullName} c join {LedgerStore.SchemaName}.mt_events e on e.stream_id = c.resident
                where c.serial = $1 and c.municipality = $2 and e.type = 'certificate-issued.v1' and e.data ->> 'serial' = $3
                """,
                serial.ToOctets(), municipality.Value, serial.Value),
            row => (long?)row.GetInt64(0), cancellation)
        .FirstOrDefaultAsync(cancellation);

    private static async Task WriteEventsAsync(ExportSnapshot snapshot, ExportWriter writer, PipeWriter target, CancellationToken cancellation)
    {
        await using var events = snapshot.EventsAsync(null, cancellation).GetAsyncEnumerator(cancellation);
        await using var checkpoints = snapshot.CheckpointsAsync(cancellation).GetAsyncEnumerator(cancellation);
        var (hasEvent, hasCheckpoint) = (await events.MoveNextAsync(), await checkpoints.MoveNextAsync());
        await foreach (var leaf in snapshot.LeavesAsync(null, cancellation))
        {
            for (; hasEvent && events.Current.Row.Sequence < leaf.Sequence; hasEvent = await events.MoveNextAsync())
                writer.Write(Stray(events.Current.Row));
            if (hasEvent && events.Current.Row.Sequence == leaf.Sequence)
            {
                writer.Write(Line(leaf, events.Current));
                hasEvent = await events.MoveNextAsync();
            }
            else
            {
                writer.Write(new MissingEvent(leaf.Index, leaf.Sequence, leaf.Hash));
            }

            for (; hasCheckpoint && checkpoints.Current.Size <= leaf.Index + 1; hasCheckpoint = await checkpoints.MoveNextAsync())
                writer.Write(new ExportedCheckpoint(checkpoints.Current.Note));
            await FlushAsync(target, cancellation);
        }

        for (; hasEvent; hasEvent = await events.MoveNextAsync())
            writer.Write(Stray(events.Current.Row));
        for (; hasCheckpoint; hasCheckpoint = await checkpoints.MoveNextAsync())
            writer.Write(new ExportedCheckpoint(checkpoints.Current.Note));
    }

    private static ExportedEvent Line(StoredLeaf leaf, StoredWithSalt stored) => new(
        leaf.Index, stored.Row.Sequence, stored.Row.Stream, stored.Row.Version, stored.Row.Type, stored.Row.Id, stored.Row.RecordedAt,
        System.Text.Encoding.UTF8.GetBytes(stored.Row.Causation), stored.Row.Headers, stored.Salt ?? [],
        stored.Commitment is { } commitment ? new TreeHash(commitment) : null, stored.Row.Body, leaf.Hash);

    private static StrayEvent Stray(StoredRow row) => new(row.Sequence, row.Stream, row.Version, row.Type);

    private static async ValueTask FlushAsync(PipeWriter target, CancellationToken cancellation)
    {
        if (target.UnflushedBytes > FlushOctets)
            await target.FlushAsync(cancellation);
    }
}

/// <summary>A leaf as it is kept.</summary>
internal sealed record StoredLeaf(long Index, long Sequence, TreeHash Hash);

/// <summary>An event with what its leaf needs besides.</summary>
/// <param name="Salt">None once it is forgotten.</param>
/// <param name="Commitment">Of a masked body.</param>
internal sealed record StoredWithSalt(StoredRow Row, byte[]? Salt, byte[]? Commitment);
