using Jpki.Domain;
using Jpki.Grains;

namespace Jpki.Silo.Registry;

/// <summary>
/// Puts one change to its resident and says what became of it. While the outcome is unknown it is repeated under the same command id, which
/// tells, and does it at most once.
/// </summary>
/// <param name="time">Of the machinery: the pauses between repetitions.</param>
public sealed partial class ChangeSubmission(IResidentDoor door, TimeProvider time, ILogger<ChangeSubmission> logger)
{
    /// <summary>Together about three seconds: an activation that lost its ledger is replaced within one.</summary>
    private static readonly TimeSpan[] _pauses = [.. new[] { 100, 200, 400, 800, 1600 }.Select(each => TimeSpan.FromMilliseconds(each))];

    public async Task<LineReport> SubmitAsync(long line, ReadChange.Good good, Actor by, CancellationToken cancellationToken)
    {
        var number = good.Change.ChangeNumber;
        return await RepeatAsync(good, by, cancellationToken) switch
        {
            ResidentAnswer.Done done when IsRegistrys(done) => LineReport.Done(
                line, number, done.Repeated, [.. done.Answer.Events.Select(each => StoredNameAttribute.Of(each.Event.GetType()).Name)]),
            ResidentAnswer.Done => LineReport.Rejected(line, number, Rejection.ChangeNumberTaken(number)),
            ResidentAnswer.Refused refused => LineReport.Rejected(line, number, Explain(refused.Refusal, good.Change)),
            ResidentAnswer.TryAgain => LineReport.Rejected(line, number, Rejection.OutcomeUnknown()),
            var other => throw new InvalidOperationException($"A command is not answered with {other.GetType().Name}."),
        };
    }

    /// <summary>
    /// The command id can be reckoned by anybody from the change number. Whoever used it first for a command of his own must not make a
    /// change of the registry look done.
    /// </summary>
    private static bool IsRegistrys(ResidentAnswer.Done done) => done.Answer.Events.All(each => each.Provenance.By.Role == Role.Registry);

    private static Rejection Explain(Refusal refusal, RegistryChange change) =>
        refusal.Code == nameof(Refusals.UnknownResident) && change is not RegistryChange.Registered
            ? Rejection.RegistrationFirst()
            : Rejection.Of(refusal);

    private async Task<ResidentAnswer> RepeatAsync(ReadChange.Good good, Actor by, CancellationToken cancellationToken)
    {
        foreach (var pause in _pauses)
        {
            if (await TryAsync(good, by) is not ResidentAnswer.TryAgain and var answer)
                return answer;
            await Task.Delay(pause, time, cancellationToken);
        }

        return await TryAsync(good, by);
    }

    private async Task<ResidentAnswer> TryAsync(ReadChange.Good good, Actor by)
    {
        try
        {
            return await door.SubmitAsync(good.Change.Resident, good.Envelope, by);
        }
#pragma warning disable CA1031 // Whatever it was, the outcome is unknown, and only repeating it tells.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogOutcomeUnknown(good.Change.ChangeNumber.Value, exception.GetType().Name);
            return new ResidentAnswer.TryAgain();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Change {Number}: the outcome is unknown ({Failure})")]
    private partial void LogOutcomeUnknown(string number, string failure);
}
