namespace Jpki.Silo.Registry;

/// <summary>Looks into the inbox from time to time, as long as the silo serves.</summary>
/// <param name="time">Of the machinery: how often.</param>
public sealed class InboxWatch(RegistryInbox inbox, DropFolders folders, IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    /// <summary>Files come a few times a day; a folder is cheap to look into.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        folders.Create();
        await StartedAsync(stoppingToken);
        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            await inbox.TakeAllAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Grains answer once the whole silo has started.</summary>
    private async Task StartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
