using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Proofs;

/// <summary>
/// 地平: up to which sequence number the ledger is final: whatever has no event up to there will never have one. Whoever follows the ledger goes
/// no further, for numbers are drawn before transactions commit, and the smaller may commit after the larger. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// An append has a transaction number before it draws a sequence number (it writes or locks its stream's row first). So once a number is visible,
/// every smaller one was drawn by a transaction that had its own number already; when all transactions with numbers below one that is drawn now have
/// ended, whatever they will ever have stored is visible. Appends are neither asked nor delayed for that. Any writing transaction that stays
/// open holds the horizon back, one that reads does not.
/// </remarks>
internal sealed class LedgerHorizon(LedgerStore store)
{
    private const string Events = $"{LedgerStore.SchemaName}.mt_events";

    private long _final;
    private (long Sequence, long Transaction)? _candidate;

    /// <summary>Looks once.</summary>
    /// <returns>The greatest number known to be final; 0 in an empty ledger. Never less than before.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<long> LookAsync(CancellationToken cancellation) => Wire.ReadingAsync(async () =>
    {
        await using var connection = await store.Source.OpenConnectionAsync(cancellation);
        if (_candidate is null)
        {
            var last = await connection.Statement($"select coalesce(max(seq_id), 0) from {Events}").ScalarAsync<long>(cancellation);
            if (last <= _final)
                return _final;
            // Drawn after the number was seen, so it is greater than those of all transactions that may hold a smaller one.
            _candidate = (last, await connection.Statement("select pg_current_xact_id()::text::bigint").ScalarAsync<long>(cancellation));
        }

        var oldest = await connection.Statement("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint").ScalarAsync<long>(cancellation);
        if (_candidate is var (sequence, transaction) && oldest >= transaction)
            (_final, _candidate) = (sequence, null);
        return _final;
    });
}
