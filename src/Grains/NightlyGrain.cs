using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Microsoft.Extensions.Logging;

namespace Jpki.Grains;

/// <summary>
/// The shell around the nightly jobs. It asks what is overdue, and each resident's grain to end it: a night cut off in the middle is gone on with
/// by the next run, for what was done is no longer overdue.
/// </summary>
public sealed partial class NightlyGrain(
    IOpenWork work, IRenewalNotices notices, ICivilClock clock, IGrainFactory grains, ILogger<NightlyGrain> logger) : Grain, INightlyGrain, IRemindable
{
    private const string Reminder = "night";

    /// <summary>When nobody is at a counter and the day before is over everywhere.</summary>
    private static readonly TimeOnly _begins = new(3, 0);

    // The civil clock may be a played one that jumps, so it is looked at often instead of being waited for once.
    private static readonly TimeSpan _look = TimeSpan.FromMinutes(5);

    private MunicipalityCode Municipality => MunicipalityCode.Parse(this.GetPrimaryKeyString());

    public async Task Watch() => await this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromSeconds(1), _look);

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var now = clock.Now;
        var night = Jst.TimeOf(now) >= _begins ? Jst.DayOf(now) : Jst.DayOf(now).AddDays(-1);
        if (await work.LastNightAsync(Municipality) is not { } last || last < night)
            await Run(night);
    }

    public async Task<NightReport> Run(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, Jst.DayOf(clock.Now));
        var ended = await EndOverdueAsync(day);
        var due = await DueNoticesAsync(day);
        var list = await notices.WriteAsync(Municipality, day, due);

        // What failed is overdue the next night as well, so the night is complete; and nobody is told twice because of it.
        await work.CompleteNightAsync(Municipality, day);
        LogNight(Municipality, day, ended.Sum(each => each.Done), ended.Sum(each => each.Failed), due.Count);
        return new NightReport(Municipality, day, ended, due.Count, list);
    }

    private async Task<IReadOnlyList<NightCount>> EndOverdueAsync(DateOnly day)
    {
        var counts = new SortedDictionary<string, NightCount>(StringComparer.Ordinal);
        foreach (var open in await work.OverdueAsync(Municipality, day))
        {
            foreach (var item in open.Items.Where(each => each.DueOn < day))
            {
                if (NightlyJobs.EndingOf(item) is not { } command)
                    continue;

                var name = command.Name();
                var envelope = new CommandEnvelope(NightlyJobs.IdOf(command, day, open.Resident, item), command);
                counts[name] = Count(counts.GetValueOrDefault(name) ?? new NightCount(name, 0, 0, 0), await SubmitAsync(open.Resident, envelope));
            }
        }

        return [.. counts.Values];
    }

    private async Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope)
    {
        try
        {
            return await grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Submit(envelope, BackOffice.Actor));
        }
#pragma warning disable CA1031 // One resident whose stream can't be read must not keep the night from all others.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogFailed(resident, envelope.Command.Name(), exception.GetType().Name);
            return new ResidentAnswer.TryAgain();
        }
    }

    private static NightCount Count(NightCount count, ResidentAnswer answer) => answer switch
    {
        ResidentAnswer.Done => count with { Done = count.Done + 1 },
        ResidentAnswer.Refused => count with { Refused = count.Refused + 1 },
        _ => count with { Failed = count.Failed + 1 },
    };

    /// <summary>Notices that fell due since the last night; with the first night ever, all that are due.</summary>
    private async Task<IReadOnlyList<DueNotice>> DueNoticesAsync(DateOnly day)
    {
        var told = await work.LastNightAsync(Municipality) is not { } last ? DateOnly.MinValue : last < day ? last : day.AddDays(-1);
        return
        [
            .. from open in await work.EndingAsync(Municipality, day, RenewalNotice.HorizonOf(day))
               from end in open.CertificateEnds
               where end.LastDay >= day && RenewalNotice.DueOn(end.LastDay) > told && RenewalNotice.DueOn(end.LastDay) <= day
               select new DueNotice(open.Resident, end.Kind, end.LastDay),
        ];
    }

    [LoggerMessage(LogLevel.Information, "{Municipality}: night of {Day:o}: {Ended} ended, {Failed} failed, {Notices} notices due")]
    private partial void LogNight(MunicipalityCode municipality, DateOnly day, int ended, int failed, int notices);

    [LoggerMessage(LogLevel.Warning, "{Resident}: {Command} by the nightly job failed ({Failure}); the next night repeats it")]
    private partial void LogFailed(ResidentId resident, string command, string failure);
}
