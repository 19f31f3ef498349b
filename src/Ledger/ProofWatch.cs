using Jpki.Ledger.Proofs;
using Jpki.Ledger.Storage;
using Microsoft.Extensions.Hosting;

namespace Jpki.Ledger;

/// <summary>
/// 監査証明の見張り: whether events get their leaves and leaves their checkpoints. Every process looks for itself, whoever makes them; while the
/// database does not answer, what was seen last stands.
/// </summary>
public sealed class ProofWatch : BackgroundService
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);

    private readonly LedgerStore _store;
    private readonly ICheckpointSigner _signer;
    private readonly ProofOptions _options;
    private readonly TimeProvider _clock;
    private readonly Standstill _leaves;
    private readonly Standstill _checkpoints;
    private volatile bool _isBehind;

    internal ProofWatch(LedgerStore store, ICheckpointSigner signer, ProofOptions options, TimeProvider clock)
    {
        (_store, _signer, _options, _clock) = (store, signer, options, clock);
        (_leaves, _checkpoints) = (new(clock), new(clock));
    }

    /// <summary>
    /// False when there have been events without leaves for longer than is allowed, and none of them got its leaf in that time; or leaves without a
    /// checkpoint for as much longer than checkpoints take.
    /// </summary>
    public bool AreKept => !_isBehind;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_lookEvery, _clock);
        try
        {
            do
                await LookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    /// <summary>Looks once.</summary>
    internal async Task LookAsync(CancellationToken cancellation)
    {
        try
        {
            var tail = await TreeKeeper.TailAsync(_store.Source, cancellation);
            var waiting = await _store.Source
                .Statement($"select exists (select from {StoredRow.FromEvents} and seq_id > $1)", tail).ScalarAsync<bool>(cancellation);
            var (signed, unsigned) = await CheckpointsAsync(cancellation);
            var withoutLeaf = _leaves.Look(tail, waiting);
            var withoutCheckpoint = _checkpoints.Look(signed, unsigned);
            _isBehind = withoutLeaf >= _options.RefuseAfter || withoutCheckpoint >= _options.RefuseAfter + _options.CheckpointEvery;
        }
        catch (LedgerUnavailableException)
        {
            // Nothing can be appended either.
        }
    }

    /// <returns>A number that grows with every checkpoint of the trees signed here, and whether one of them has leaves beyond its last.</returns>
    private ValueTask<(long Signed, bool Unsigned)> CheckpointsAsync(CancellationToken cancellation) => Wire
        .RowsAsync(
            () => _store.Source.Statement(
                $"""
                select coalesce(sum(signed), 0)::bigint, coalesce(bool_or(size > signed), false) from (
                    select size, coalesce((select max(c.size) from {CheckpointTable.FullName} c where c.municipality = t.municipality), 0) as signed
                    from {TreeTable.FullName} t where municipality = any($1)) trees
                """,
                (object)_signer.Municipalities.Select(each => each.Value).ToArray()),
            row => (row.GetInt64(0), row.GetBoolean(1)), cancellation)
        .SingleAsync(cancellation);

    /// <summary>For how long something has waited without any progress.</summary>
    private sealed class Standstill(TimeProvider clock)
    {
        private (long Mark, long Since)? _seen;

        /// <param name="mark">Another one is progress.</param>
        /// <returns>None when nothing waits.</returns>
        public TimeSpan? Look(long mark, bool waits)
        {
            if (!waits)
                _seen = null;
            else if (_seen?.Mark != mark)
                _seen = (mark, clock.GetTimestamp());
            return _seen is { } seen ? clock.GetElapsedTime(seen.Since) : null;
        }
    }
}
