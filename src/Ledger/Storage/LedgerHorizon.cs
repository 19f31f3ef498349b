namespace Jpki.Ledger.Storage;

/// <summary>
/// 地平: up to which sequence number the ledger is final: whatever has no event up to there will never have one. Whoever follows the ledger goes
/// no further, for numbers are drawn before transactions commit, and the smaller may commit after the larger. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Who draws a number locks the sequence until the end of the transaction, and lets go of it only after what was written is visible. So once a number
/// is visible, everything before it is final when all who held that lock after it was seen have ended. Appends are neither asked nor delayed for
/// that, and transactions that append nothing, however long, hold nobody back.
/// </remarks>
internal sealed class LedgerHorizon(LedgerStore store)
{
    /// <summary>Draws a number that nobody will use, and so holds the horizon back for as long as the transaction lasts.</summary>
    public const string HoldBack = $"select nextval('{Sequence}')";

    private const string Sequence = $"{LedgerStore.SchemaName}.mt_events_sequence";

    private const string Drawers =
        $"""
        from pg_locks where locktype = 'relation' and database = (select oid from pg_database where datname = current_database())
        and relation = '{Sequence}'::regclass and mode = 'RowExclusiveLock' and granted
        """;

    private long _final;
    private (long Sequence, string[] Drawers)? _candidate;

    /// <summary>Looks once.</summary>
    /// <returns>The greatest number known to be final; 0 in an empty ledger. Never less than before.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<long> SafeSequenceAsync(CancellationToken cancellation) => Wire.ReadingAsync(async () =>
    {
        await using var connection = await store.Source.OpenConnectionAsync(cancellation);
        if (_candidate is null)
        {
            var last = await connection.Statement($"select coalesce(max(seq_id), 0) from {LedgerStore.SchemaName}.mt_events").ScalarAsync<long>(cancellation);
            if (last <= _final)
                return _final;
            // Looked up after the number was seen: who holds a smaller one had drawn it before, and is among these or has ended.
            _candidate = (last, await connection.Statement(
                $"select coalesce(array_agg(distinct virtualtransaction), '{{}}') {Drawers}").ScalarAsync<string[]>(cancellation));
        }

        var (sequence, drawers) = _candidate.Value;
        if (drawers.Length == 0 || !await connection
            .Statement($"select exists (select {Drawers} and virtualtransaction = any($1))", (object)drawers).ScalarAsync<bool>(cancellation))
            (_final, _candidate) = (sequence, null);
        return _final;
    });
}
