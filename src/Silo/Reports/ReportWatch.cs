using Jpki.Domain.Rules;
using Jpki.Grains;

namespace Jpki.Silo.Reports;

/// <summary>Looks from time to time whether the day's files are due by the civil clock, which may be a played one that jumps; what was missed is made up for.</summary>
/// <param name="time">Of the machinery: how often.</param>
internal sealed class ReportWatch(ReportJob job, ReportJobSettings settings, ICivilClock clock, TimeProvider time, ILogger<ReportWatch> logger) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("The reports could not be written; tried again: {Trouble}", e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task LookAsync(CancellationToken stop)
    {
        var now = clock.Now;
        var today = Jst.TimeOf(now) >= settings.At ? Jst.DayOf(now) : Jst.DayOf(now).AddDays(-1);
        foreach (var day in job.Missing(today))
        {
            if (await job.WriteAsync(day, stop) is not { } written)
                return;
            logger.LogInformation("Reports written: {Folders}", string.Join(", ", written));
        }
    }
}
