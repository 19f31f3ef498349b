using Jpki.Ledger.Proofs;
using Jpki.Ledger.Storage;
using Microsoft.Extensions.Hosting;

namespace Jpki.Ledger;

/// <summary>
/// 監査証明の見張り: whether events get their leaves. Every process looks for itself, whoever makes the leaves; while the database does not answer,
/// what was seen last stands.
/// </summary>
public sealed class ProofWatch : BackgroundService
{
    private static readonly TimeSpan _lookEvery = TimeSpan.FromSeconds(1);

    private readonly LedgerStore _store;
    private readonly ProofOptions _options;
    private readonly TimeProvider _clock;
    private (long Tail, long Since)? _standstill;
    private volatile bool _isBehind;

    internal ProofWatch(LedgerStore store, ProofOptions options, TimeProvider clock) => (_store, _options, _clock) = (store, options, clock);

    /// <summary>False when there have been events without leaves for longer than is allowed, and none of them got its leaf in that time.</summary>
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
            if (!waiting)
                _standstill = null;
            else if (_standstill?.Tail != tail)
                _standstill = (tail, _clock.GetTimestamp());
            _isBehind = _standstill is { } still && _clock.GetElapsedTime(still.Since) >= _options.RefuseAfter;
        }
        catch (LedgerUnavailableException)
        {
            // Nothing can be appended either.
        }
    }
}
