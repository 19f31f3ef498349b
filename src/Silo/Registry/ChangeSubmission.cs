using Jpki.Domain;
using Jpki.Grains;
using Jpki.Silo.Journal;

namespace Jpki.Silo.Registry;

/// <summary>Puts one change to its resident and says what became of it.</summary>
public sealed class ChangeSubmission(PatientDoor door, OfficeJournal journal)
{
    public async Task<LineReport> SubmitAsync(long line, ReadChange.Good good, Actor by, CancellationToken cancellationToken)
    {
        var number = good.Change.ChangeNumber;
        return await door.SubmitAsync(good.Change.Resident, good.Envelope, by, cancellationToken) switch
        {
            ResidentAnswer.Done done when IsRegistrys(done) => LineReport.Done(
                line, number, done.Repeated, [.. done.Answer.Events.Select(each => StoredNameAttribute.Of(each.Event.GetType()).Name)]),
            ResidentAnswer.Done => LineReport.Rejected(line, number, Rejection.ChangeNumberTaken(number)),
            ResidentAnswer.Refused refused => LineReport.Rejected(line, number, Explain(refused.Refusal, good.Change)),
            ResidentAnswer.TryAgain => LineReport.Rejected(line, number, Rejection.OutcomeUnknown()),
            var other => throw new InvalidOperationException($"A command is not answered with {other.GetType().Name}."),
        };
    }

    /// <summary>Says why a line comes to no resident; what a rule stands against is in the journal before, as it is with a resident.</summary>
    public async Task<LineReport> RejectAsync(long line, ReadChange.Bad bad, Actor by)
    {
        var told = bad.Attempted is not { } change || await journal.RefusedAsync(
            by, change.ToEnvelope().Command.Name(), change.ToEnvelope().CommandId, bad.Why.Code, bad.Why.Rule, change.Resident);
        return LineReport.Rejected(line, bad.Number, told ? bad.Why : Rejection.OutcomeUnknown());
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
}
