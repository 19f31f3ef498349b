using Jpki.Audit.Notes;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Ledger.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger.Proofs;

/// <summary>監査木の追随: makes leaves and has checkpoints signed, in one process of all that share the database; the others wait to take over.</summary>
internal sealed class TreeFollower(
    LedgerStore store, AuditTree tree, ICheckpointSigner signer, ProofOptions options, TimeProvider clock, ILogger<TreeFollower> logger) : BackgroundService
{
    // Any number of our own; it must only differ from other advisory locks in the database.
    private const long Lock = 0x6A706B69_00000007;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly TreeKeeper _keeper = new(store);
    private readonly Dictionary<MunicipalityCode, StoredCheckpoint> _last = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var trouble = "";
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TakeTurnAsync(stoppingToken);
                trouble = "";
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The same again is not told again every second.
                if (trouble != e.Message && e is TreeForkedException)
                    logger.LogCritical("Incident: {Trouble}", e.Message);
                else if (trouble != e.Message)
                    logger.LogWarning("The record's proofs are not kept at the moment; tried again: {Trouble}", e.Message);
                trouble = e.Message;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeTurnAsync(CancellationToken stop)
    {
        await using var turn = await SessionTurn.TryTakeAsync(store.Source, Lock, stop);
        if (turn is null)
            return;

        await _keeper.PrepareAsync(stop);
        _last.Clear();
        using var timer = new PeriodicTimer(options.LookEvery, clock);
        try
        {
            do
            {
                await turn.AssureAsync(stop);
                // A page takes a dozen statements, for one event as for thousands: what is not a whole page waits for the next look.
                while (await _keeper.NextAsync(stop) == TreeKeeper.PageEvents)
                    await SignAsync(isLast: false, stop);
                await SignAsync(isLast: false, stop);
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await SignAsync(isLast: true, CancellationToken.None);
            throw;
        }
    }

    private async Task SignAsync(bool isLast, CancellationToken cancellation)
    {
        foreach (var municipality in signer.Municipalities)
        {
            var isKnown = _last.TryGetValue(municipality, out var last);
            if ((isKnown && !isLast && !IsDue(last!)) || await tree.StateAsync(municipality, cancellation) is not { } state)
                continue;
            if (!isKnown && await tree.LastCheckpointAsync(municipality, cancellation) is { } stored)
                _last[municipality] = last = await RequireAgreesAsync(stored, state, cancellation);
            if (last is null || (state.Size > last.Size && (isLast || IsDue(last))))
                _last[municipality] = await SignAsync(state, last, cancellation);
        }
    }

    /// <summary>Once in a while as long as there is something new, and at the end of a civil day.</summary>
    private bool IsDue(StoredCheckpoint last) => clock.GetUtcNow() is var now
        && (now - last.At >= options.CheckpointEvery || Jst.DayOf(now) != Jst.DayOf(last.At));

    private async Task<StoredCheckpoint> SignAsync(TreeState state, StoredCheckpoint? last, CancellationToken cancellation)
    {
        if (last is not null)
            await RequireAgreesAsync(last, state, cancellation);
        var now = clock.GetUtcNow();
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var checkpoint = new Checkpoint(signer.OriginOf(state.Municipality), state.Size, state.Root, state.Sequence, at);
        var note = signer.Sign(state.Municipality, checkpoint);
        await tree.KeepAsync(state.Municipality, checkpoint, note, cancellation);
        return new(state.Size, at, note.ToString());
    }

    /// <summary>No second history is ever signed: the tree must go on from what was signed last.</summary>
    /// <exception cref="TreeForkedException">It does not.</exception>
    private async Task<StoredCheckpoint> RequireAgreesAsync(StoredCheckpoint last, TreeState state, CancellationToken cancellation)
    {
        var agrees = SignedNote.TryParse(last.Note, out var note)
            && Checkpoint.TryParse(note.Text, out var signed)
            && await tree.ConsistencyAsync(state.Municipality, signed.Size, state.Size, cancellation) is { } proof
            && Jpki.Audit.Merkle.Proofs.Continues(signed.Size, signed.Root, state.Size, state.Root, proof);
        return agrees ? last : throw new TreeForkedException(state.Municipality, last.Size);
    }
}

/// <summary>改ざんの疑い: the tree in the database does not go on from what was signed. No more is signed until that is cleared up.</summary>
internal sealed class TreeForkedException(MunicipalityCode municipality, long size)
    : Exception($"The record of {municipality} is not the one whose checkpoint of {size} events was signed. Nothing more is signed; have it verified (jpki audit verify).");
