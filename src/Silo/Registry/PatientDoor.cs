using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Silo.Registry;

/// <summary>
/// The residents' grains for who has many commands and nobody waiting: while the outcome is unknown a command is repeated under the same id,
/// which tells, and does it at most once.
/// </summary>
/// <param name="time">Of the machinery: the pauses between repetitions.</param>
public sealed partial class PatientDoor(IResidentDoor door, TimeProvider time, ILogger<PatientDoor> logger)
{
    /// <summary>Together about three seconds: an activation that lost its ledger is replaced within one.</summary>
    private static readonly TimeSpan[] _pauses = [.. new[] { 100, 200, 400, 800, 1600 }.Select(each => TimeSpan.FromMilliseconds(each))];

    /// <returns><see cref="ResidentAnswer.TryAgain"/> when even repeating did not tell.</returns>
    public Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor by, CancellationToken cancellationToken) =>
        RepeatAsync(resident, () => door.SubmitAsync(resident, envelope, by), cancellationToken);

    /// <inheritdoc cref="IResidentDoor.WeighAsync" path="/summary"/>
    /// <returns><see cref="ResidentAnswer.TryAgain"/> when it is not to be learnt now.</returns>
    public Task<ResidentAnswer> WeighAsync(ResidentId resident, CommandEnvelope envelope, Actor by, CancellationToken cancellationToken) =>
        RepeatAsync(resident, () => door.WeighAsync(resident, envelope, by), cancellationToken);

    private async Task<ResidentAnswer> RepeatAsync(ResidentId resident, Func<Task<ResidentAnswer>> ask, CancellationToken cancellationToken)
    {
        foreach (var pause in _pauses)
        {
            if (await TryAsync(resident, ask) is not ResidentAnswer.TryAgain and var answer)
                return answer;
            await Task.Delay(pause, time, cancellationToken);
        }

        return await TryAsync(resident, ask);
    }

    private async Task<ResidentAnswer> TryAsync(ResidentId resident, Func<Task<ResidentAnswer>> ask)
    {
        try
        {
            return await ask();
        }
#pragma warning disable CA1031 // Whatever it was, the outcome is unknown, and only repeating it tells.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoAnswer(resident, exception.GetType().Name);
            return new ResidentAnswer.TryAgain();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Resident}: no answer ({Failure}); asking again")]
    private partial void LogNoAnswer(ResidentId resident, string failure);
}
