using Jpki.Pki.Ocsp;

namespace Jpki.Silo.Revocation;

/// <summary>
/// 異動の見張り: asks the register several times a second what has changed and drops the answers that say otherwise. While it does not hear
/// from the register, <see cref="PresignedAnswers"/> gives nothing out.
/// </summary>
/// <param name="time">Of the machinery.</param>
public sealed partial class StatusWatch(
    IStatusChanges changes, PresignedAnswers presigned, OcspResponder responder, TimeProvider time, ILogger<StatusWatch> logger) : BackgroundService
{
    /// <summary>A fifth of what is promised: a round may be slow, or fail once, and the promise still holds.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private bool isSilent;

    /// <summary>One round; whatever fails, the next one makes up for it.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var askedAt = presigned.Now;
            var changed = await changes.NextAsync(limit.Token);
            if (changed.Everything)
                presigned.DropAll(askedAt);
            else
                presigned.Drop(changed.Serials, askedAt);
            if (isSilent)
                LogHeard();
            isSilent = false;
        }
        catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
        {
            if (!isSilent)
                LogSilent(failed);
            isSilent = true;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await PrepareAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await LookAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Nobody should wait for a key; what fails here is tried again by the first who asks.</summary>
    private async Task PrepareAsync(CancellationToken stoppingToken)
    {
        try
        {
            await responder.PrepareAsync(stoppingToken);
        }
        catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
        {
            LogUnprepared(failed);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The register does not tell its changes; OCSP answers are signed one by one until it does")]
    private partial void LogSilent(Exception cause);

    [LoggerMessage(LogLevel.Information, "The register tells its changes again")]
    private partial void LogHeard();

    [LoggerMessage(LogLevel.Error, "The OCSP responders have no certificates yet")]
    private partial void LogUnprepared(Exception cause);
}
