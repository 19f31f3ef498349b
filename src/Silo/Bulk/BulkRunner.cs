using System.Threading.Channels;
using Jpki.Domain.Bulk;
using Jpki.Ledger;

namespace Jpki.Silo.Bulk;

/// <summary>
/// 一括失効の実行: carries out what two officers confirmed, line by line. How far it is stands in the ledger, so a silo that died in the middle
/// goes on as it starts; two silos at the same list do no harm, for a line is done once.
/// </summary>
/// <param name="time">Of the machinery: when what could not be told is tried again.</param>
public sealed partial class BulkRunner(
    BulkStore store, BulkLineWork work, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BulkRunner> logger) : BackgroundService
{
    /// <summary>Lines under way at a time: counters are to be served meanwhile.</summary>
    private const int AtOnce = 8;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(30);

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something may be there to be carried out.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        while (true)
        {
            await RunAllAsync(stoppingToken);
            await RungOrLaterAsync(stoppingToken);
        }
    }

    /// <summary>Grains answer once the whole silo has started.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }

    private async Task RungOrLaterAsync(CancellationToken stoppingToken)
    {
        using var later = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_bell.Reader.WaitToReadAsync(later.Token).AsTask(), Task.Delay(_pause, time, later.Token));
        await later.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
        _bell.Reader.TryRead(out _);
    }

    private async Task RunAllAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var open in await store.OpenAsync(null, stoppingToken))
            {
                if (open.Bulk.Decision is { Confirmed: true } decision)
                    await RunAsync(open.Bulk, decision, stoppingToken);
            }
        }
#pragma warning disable CA1031 // The ledger may be away for a while; that must stop neither the next attempt nor the silo.
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogInterrupted(exception.GetType().Name);
        }
    }

    private async Task RunAsync(BulkRevocation bulk, BulkDecision decision, CancellationToken stoppingToken)
    {
        var lines = await store.LinesAsync(bulk.Id, stoppingToken);
        if (!BulkIntake.IsUnaltered(bulk, lines))
        {
            LogAltered(bulk.Id.ToString());
            return;
        }

        var waiting = lines.Where(each => each.Outcome == BulkOutcome.Waiting);
        await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (each, token) =>
        {
            if (await work.CarryOutAsync(bulk, each.Line!, decision.By, token) is { } done)
                await store.MarkAsync(bulk.Id, done.Number, done.Outcome, done.Why, token);
        });
        if (await store.FindAsync(bulk.Id, stoppingToken) is { } after)
            LogRun(bulk.Id.ToString(), after.Progress.Done, after.Progress.Failed, after.Progress.Remaining);
    }

    [LoggerMessage(LogLevel.Information, "Bulk revocation {Bulk}: {Done} done, {Failed} failed, {Remaining} remaining")]
    private partial void LogRun(string bulk, int done, int failed, int remaining);

    [LoggerMessage(LogLevel.Warning, "Bulk revocations: interrupted ({Failure}); they go on")]
    private partial void LogInterrupted(string failure);

    [LoggerMessage(LogLevel.Critical, "Bulk revocation {Bulk}: its lines are not those that were confirmed; none is carried out")]
    private partial void LogAltered(string bulk);
}
