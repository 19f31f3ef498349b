using Jpki.Ledger.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// 追随: keeps the views up to date, in one process of all that share the database: whoever has the turn folds, rebuilds and checks; the others wait to
/// take over.
/// </summary>
internal sealed class StatisticsFollower(
    LedgerStore store,
    LedgerHorizon horizon,
    Incidents incidents,
    StatisticsOptions options,
    TimeProvider clock,
    ILogger<StatisticsFollower> logger) : BackgroundService
{
    // Any number of our own; it must only differ from other advisory locks in the database.
    private const long Lock = 0x6A706B69_00000006;

    /// <summary>How long it is waited after something failed, and between two looks whether the turn is free.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private const string CatchingUp = "behind";

    private readonly PageFold _pages = new(store, options, clock);
    private readonly StatisticsRebuild _rebuild = new(store, horizon, options, clock);
    private readonly StatisticsCheck _check = new(store, incidents, clock);

    // Set before the rebuild of views that are behind is asked for, so that nobody else runs that one.
    private volatile bool _isCatchingUp;

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
                if (trouble != e.Message)
                    logger.LogWarning("Statistics are not followed at the moment; tried again: {Trouble}", e.Message);
                trouble = e.Message;
            }

            await Task.Delay(_pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeTurnAsync(CancellationToken stop)
    {
        await using var turn = await SessionTurn.TryTakeAsync(store.Source, Lock, stop);
        if (turn is null)
            return;

        await StatisticsStore.PrepareAsync(store.Source, clock.GetUtcNow(), stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] duties = [FollowAsync(turn, end.Token), RebuildAsync(end.Token), CheckAsync(end.Token)];
        var first = await Task.WhenAny(duties);
        await end.CancelAsync();
        await Task.WhenAll(duties).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task FollowAsync(SessionTurn turn, CancellationToken end)
    {
        var stopped = false;
        using var timer = new PeriodicTimer(options.LookEvery, clock);
        do
        {
            await turn.AssureAsync(end);
            var safe = await horizon.SafeSequenceAsync(end);
            await CatchUpAsync(safe, end);
            stopped = await FollowUpToAsync(safe, stopped, end);
        }
        while (await timer.WaitForNextTickAsync(end));
    }

    /// <returns>True when the views stand still before an event that can't be counted.</returns>
    private async Task<bool> FollowUpToAsync(long safe, bool stopped, CancellationToken end)
    {
        try
        {
            var folded = false;
            while (await _pages.NextAsync(safe, end) > 0)
                folded = true;
            if (!stopped || !folded)
                return stopped;
            await using var connection = await store.Source.ConnectAsync(end);
            await Incidents.RepairedAsync(connection, StatisticsIncidentKind.FoldStopped, clock.GetUtcNow(), end);
            return false;
        }
        catch (LedgerDamagedException damaged)
        {
            await TellAsync(StatisticsIncidentKind.FoldStopped, damaged, end);
            return true;
        }
    }

    /// <summary>Views that are far behind, as of a ledger older than they, are faster rebuilt than followed.</summary>
    private async Task CatchUpAsync(long safe, CancellationToken end)
    {
        await using var connection = await store.Source.ConnectAsync(end);
        var mark = await StatisticsStore.MarkAsync(connection, end);
        if (safe - mark.Hash.Sequence <= options.RebuildWhenBehind)
            return;

        _isCatchingUp = true;
        try
        {
            await RebuildJob.RequestAsync(store.Source, CatchingUp, clock.GetUtcNow(), end);
            if (await RebuildJob.FindAsync(store.Source, end) is { IsUnderWay: true, Status.Cause: CatchingUp } job)
                await RunAsync(job, catchUp: true, end);
        }
        finally
        {
            _isCatchingUp = false;
        }
    }

    private async Task RebuildAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(options.LookEvery, clock);
        do
        {
            if (await RebuildJob.FindAsync(store.Source, end) is { IsUnderWay: true } job && !_isCatchingUp)
                await RunAsync(job, catchUp: false, end);
        }
        while (await timer.WaitForNextTickAsync(end));
    }

    private async Task RunAsync(RebuildJob job, bool catchUp, CancellationToken end)
    {
        try
        {
            await _rebuild.RunAsync(job, catchUp, end);
            if (await RebuildJob.FindAsync(store.Source, end) is { } ended)
                logger.LogInformation("Statistics rebuilt: {Status}", ended.Status);
        }
        catch (LedgerDamagedException damaged)
        {
            await using var connection = await store.Source.ConnectAsync(end);
            await RebuildJob.EnterAsync(connection, RebuildState.Failed, clock.GetUtcNow(), null, end);
            await TellAsync(StatisticsIncidentKind.FoldStopped, damaged, end);
        }
    }

    private async Task CheckAsync(CancellationToken end)
    {
        var all = clock.GetUtcNow() + options.CheckAllEvery;
        using var timer = new PeriodicTimer(options.CheckEvery, clock);
        while (await timer.WaitForNextTickAsync(end))
        {
            var isTimeForAll = clock.GetUtcNow() >= all;
            if (isTimeForAll)
                all = clock.GetUtcNow() + options.CheckAllEvery;
            await CheckOnceAsync(isTimeForAll, end);
        }
    }

    private async Task CheckOnceAsync(bool everything, CancellationToken end)
    {
        try
        {
            if (await (everything ? _check.RunAllAsync(end) : _check.RunAsync(end)))
                await RebuildJob.RequestAsync(store.Source, "check", clock.GetUtcNow(), end);
        }
        catch (LedgerDamagedException damaged)
        {
            await TellAsync(StatisticsIncidentKind.RowsDiffer, damaged, end);
            await RebuildJob.RequestAsync(store.Source, "check", clock.GetUtcNow(), end);
        }
    }

    private async Task TellAsync(StatisticsIncidentKind kind, LedgerDamagedException damaged, CancellationToken end)
    {
        await using var connection = await store.Source.ConnectAsync(end);
        var mark = await StatisticsStore.MarkAsync(connection, end);
        await incidents.TellAsync(kind, mark.Generation, mark.Hash.Sequence, [damaged.Message], end);
    }
}
