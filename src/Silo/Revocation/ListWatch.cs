using Jpki.Domain;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Configuration;

namespace Jpki.Silo.Revocation;

/// <summary>Looks from time to time, as long as the silo serves, whether a list is due. What fails is tried again at the next look.</summary>
/// <param name="time">Of the machinery: how often.</param>
internal sealed class ListWatch(
    ListPublisher publisher, AuthorityJournal journal, ICivilClock clock, SiloOptions options, TimeProvider time, ILogger<ListWatch> logger)
    : BackgroundService
{
    // What went wrong at the last look; the same again is not told again every few seconds.
    private readonly Dictionary<RevocationListScope, string> troubles = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Public.ListsLookEvery, time);
        do
        {
            foreach (var duty in publisher.Duties)
                await LookAsync(duty, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task LookAsync(ListDuty duty, CancellationToken stoppingToken)
    {
        try
        {
            foreach (var list in await publisher.PublishDueAsync(duty, stoppingToken))
                logger.LogInformation("{Kind} revocation list {Number} of {Scope} published, {Length} octets", list.Kind, list.Number, list.Scope, list.Length);
            if (troubles.Remove(duty.Scope))
                logger.LogInformation("Revocation lists of {Scope} are published again", duty.Scope);
        }
        catch (Exception trouble) when (!stoppingToken.IsCancellationRequested)
        {
            await TellAsync(duty.Scope, trouble, stoppingToken);
        }
    }

    private async Task TellAsync(RevocationListScope scope, Exception trouble, CancellationToken stoppingToken)
    {
        var rejected = trouble as ListRejectedException;
        // A rejected list has another number, or a longer life, every time; its findings tell whether it is the same mistake.
        var text = rejected is null ? $"{trouble.GetType().Name}: {trouble.Message}" : string.Join(' ', rejected.Codes);
        if (troubles.GetValueOrDefault(scope) == text)
            return;
        troubles[scope] = text;
        if (rejected is null)
        {
            logger.LogWarning(trouble, "Revocation lists of {Scope} could not be published; tried again", scope);
            return;
        }

        logger.LogCritical(rejected, "Incident: a revocation list of {Scope} does not pass its check", scope);
        try
        {
            await journal.RecordAsync(
                ListIncidents.Rejected, scope.AuthorityKeyId, clock.Now,
                new { scope.Municipality, rejected.Kind, rejected.Number, Findings = rejected.Codes }, stoppingToken);
        }
        catch (LedgerUnavailableException)
        {
            // It will be rejected again, and then told to the journal.
            troubles.Remove(scope);
        }
    }
}

/// <summary>What the authorities' journal is told of lists that failed.</summary>
internal static class ListIncidents
{
    /// <summary>A list failed its own check and was not published.</summary>
    public const string Rejected = "revocation-list-rejected";
}
