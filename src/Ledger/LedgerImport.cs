using System.Data.Common;
using JasperFx.Events;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;
using Marten;
using Marten.Events;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>
/// 一括取込: a whole history into an empty ledger at once, for a migration, a demonstration or a benchmark. It goes past the versions' check that
/// appends pass, which is why it takes no ledger that has anything in it.
/// </summary>
public sealed class LedgerImport
{
    private const int RowsOfACopy = 5_000;

    private readonly LedgerStore _store;

    internal LedgerImport(LedgerStore store) => _store = store;

    /// <summary>Stores all of it, or nothing when it fails or the process dies; rows that are kept beside events are to be rebuilt afterwards.</summary>
    /// <param name="lengths">Every resident with the number of their events.</param>
    /// <param name="history">All events, in the order of the ledger's sequence to be; each resident's own by version, from 1 without gaps.</param>
    /// <param name="progress">Told the number of events read so far, now and then.</param>
    /// <returns>False when there are events of residents in the ledger already; nothing was stored then.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer; nothing was stored.</exception>
    public async Task<bool> ImportAsync(
        IEnumerable<(ResidentId Resident, long Events)> lengths,
        IEnumerable<Recorded> history,
        IProgress<long>? progress = null,
        CancellationToken cancellation = default)
    {
        try
        {
            if (await HasEventsAsync(cancellation))
                return false;

            var headers = lengths.Select(each => new BulkEventStreamHeader { Key = each.Resident.Value, Version = each.Events }).ToList();
            await using var holding = await _store.Source.OpenConnectionAsync(cancellation);
            await using var held = await HoldBackAsync(holding, cancellation);
            await using var session = _store.Documents.LightweightSession();
            var envelopes = EnvelopesAsync(session, history, progress);
            await _store.Documents.BulkInsertEventStreamAsync(session.TenantId, headers, envelopes, RowsOfACopy, cancellation);
            return true;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new LedgerUnavailableException(e);
        }
    }

    /// <summary>Marten draws an import's numbers ahead of its transaction: nobody may take what lies between for final before it has ended.</summary>
    private static async Task<NpgsqlTransaction> HoldBackAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.Statement(LedgerHorizon.HoldBack).ScalarAsync<long>(cancellation);
        return transaction;
    }

    private async Task<bool> HasEventsAsync(CancellationToken cancellation)
    {
        await using var query = _store.Source.CreateCommand($"select exists (select from {LedgerStore.SchemaName}.mt_events where not starts_with(stream_id, '{JournalStream.Prefix}'))");
        return await query.ExecuteScalarAsync(cancellation) is true;
    }

#pragma warning disable CS1998 // The loader wants to wait for its source; this one is never late.
    private static async IAsyncEnumerable<IEvent> EnvelopesAsync(IDocumentSession session, IEnumerable<Recorded> history, IProgress<long>? progress)
#pragma warning restore CS1998
    {
        var read = 0L;
        foreach (var recorded in history)
        {
            var envelope = session.Events.BuildEvent(recorded.Event);
            envelope.Id = Guid.CreateVersion7(recorded.Provenance.At);
            envelope.StreamKey = recorded.Resident.Value;
            envelope.Version = recorded.Version;
            envelope.Timestamp = recorded.Provenance.At.ToUniversalTime();
            StoredProvenance.Write(envelope, recorded.Provenance);
            yield return envelope;
            if (++read % RowsOfACopy == 0)
                progress?.Report(read);
        }
    }
}
