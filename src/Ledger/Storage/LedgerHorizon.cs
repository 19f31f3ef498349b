namespace Jpki.Ledger.Storage;

/// <summary>
/// 地平: up to where the ledger is final: no event can come any more with a sequence number up to it. Numbers are drawn in order and committed in any: an
/// event may become visible after one with a higher number, and whoever reads on by number alone never sees it. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Who draws a number locks the sequence until the end of the transaction, and lets go of it only after what was written is visible. So a gap is final
/// once everybody who held that lock when it was seen has ended, however long others go on; nobody is made to wait for us.
/// </remarks>
internal sealed class LedgerHorizon(LedgerStore store)
{
    private const string Drawers =
        $"from pg_locks where locktype = 'relation' and relation = '{LedgerStore.SchemaName}.mt_events_sequence'::regclass and mode = 'RowExclusiveLock' and granted";

    private long _safe;
    private Gap? _gap;

    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<long> SafeSequenceAsync(CancellationToken cancellation)
    {
        if (_gap is { } seen && !await IsAnyLeftAsync(seen.Drawers, cancellation))
            (_safe, _gap) = (Math.Max(_safe, seen.UpTo), null);

        var (contiguous, newest) = await LookAsync(cancellation);
        _safe = contiguous;
        if (contiguous < newest)
            _gap ??= new(newest, await DrawersAsync(cancellation));
        return _safe;
    }

    /// <returns>Up to where no number is missing, and the highest that is there.</returns>
    private async Task<(long Contiguous, long Newest)> LookAsync(CancellationToken cancellation) => await Wire.RowsAsync(
        () => store.Source.Statement(
            $"""
            select coalesce(max(seq_id) filter (where seq_id = $1 + place), $1), coalesce(max(seq_id), $1)
            from (select seq_id, row_number() over (order by seq_id) as place from {LedgerStore.SchemaName}.mt_events where seq_id > $1) since
            """,
            _safe),
        row => (row.GetInt64(0), row.GetInt64(1)),
        cancellation).SingleAsync(cancellation);

    private async Task<string[]> DrawersAsync(CancellationToken cancellation) =>
        await Wire.RowsAsync(() => store.Source.Statement($"select virtualtransaction {Drawers}"), row => row.GetString(0), cancellation).ToArrayAsync(cancellation);

    private Task<bool> IsAnyLeftAsync(string[] drawers, CancellationToken cancellation) =>
        store.Source.Statement($"select exists (select {Drawers} and virtualtransaction = any($1))", (object)drawers).ScalarAsync<bool>(cancellation);

    /// <param name="UpTo">The highest number that was there when the gap was seen.</param>
    /// <param name="Drawers">Transactions that had drawn numbers then and were under way.</param>
    private sealed record Gap(long UpTo, string[] Drawers);
}
