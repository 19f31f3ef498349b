using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using Microsoft.Extensions.Logging;

namespace Jpki.Grains;

/// <summary>
/// The shell around the decider: loads the stream on first use, decides, appends, answers. It knows no law. Memory never runs ahead of the
/// ledger: the state moves only after a durable append, and any failure of an append throws the state away with the activation.
/// </summary>
public sealed partial class ResidentGrain(
    IResidentLedger ledger,
    IIssuance issuance,
    IMunicipalities municipalities,
    IEvidenceRoom evidence,
    ICivilClock clock,
    IProofs proofs,
    ILogger<ResidentGrain> logger)
    : Grain, IResidentGrain
{
    private ResidentHistory _history = ResidentHistory.Empty;
    private bool _outOfDate;

    private ResidentId Id => ResidentId.Parse(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => _history = await ledger.LoadAsync(Id);

    public async Task<ResidentAnswer> Handle(ResidentMessage message) => message switch
    {
        _ when _outOfDate => new ResidentAnswer.TryAgain(),
        ResidentMessage.Look look => new ResidentAnswer.Seen(ResidentView.Of(Id, _history, clock.Now, look.WithAttributes)),
        ResidentMessage.Submit submit when municipalities.Find(Id.Municipality) is { } municipality => await SubmitAsync(submit, municipality),
        ResidentMessage.Weigh weigh when municipalities.Find(Id.Municipality) is { } municipality => Weigh(weigh, municipality),
        ResidentMessage.Reload => StartAfresh(),
        ResidentMessage.Submit or ResidentMessage.Weigh => new ResidentAnswer.Refused(Refusals.UnknownResident()),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "No such message."),
    };

    private async Task<ResidentAnswer> SubmitAsync(ResidentMessage.Submit submit, Municipality municipality)
    {
        var (id, command) = submit.Envelope;
        var circumstances = Now(id, submit.By, municipality);
        if (Permissions.Check(command, circumstances) is { } forbidden)
            return Refuse(forbidden, command);

        if (!proofs.AreKept)
            return _history.Done.Contains(id) ? await AnswerAgainAsync(id) : new ResidentAnswer.TryAgain(Unprovable: true);

        // An order whose signature was lost with an earlier process is signed before anything else is decided.
        if (await SignOrdersAsync(circumstances) is null)
            return new ResidentAnswer.TryAgain();
        if (_history.Done.Contains(id))
            return await AnswerAgainAsync(id);
        if (command is IDocumented { Images: { } images } && await HoldsAsync(images) is var held && held != true)
            return held is null ? new ResidentAnswer.TryAgain() : Refuse(IEvidenceRoom.NotStored, command);

        return Prepare(command, circumstances) switch
        {
            Prepared.Ready ready => await DecideAsync(ready.Command, command.Name(), circumstances),
            Prepared.Refused refused => Refuse(refused.Refusal, command),
            _ => throw new InvalidOperationException("A command is ready or refused."),
        };
    }

    private ResidentAnswer Weigh(ResidentMessage.Weigh weigh, Municipality municipality) =>
        ResidentDecider.Decide(_history.State, weigh.Envelope.Command, Now(weigh.Envelope.CommandId, weigh.By, municipality)) is Decision.Refused refused
            ? new ResidentAnswer.Refused(refused.Refusal)
            : new ResidentAnswer.Acceptable();

    private Circumstances Now(CommandId id, Actor by, Municipality municipality)
    {
        var now = clock.Now;
        return new(id, by, now, municipality, municipality.RuleSetOn(Jst.DayOf(now)));
    }

    /// <summary>Whether both images are stored; null when that is not to be learnt now.</summary>
    private async Task<bool?> HoldsAsync(DocumentImages images)
    {
        try
        {
            return await evidence.HoldsAsync(Id.Municipality, [images.Front, images.Back]);
        }
#pragma warning disable CA1031 // Nothing happened yet, and the sender is to repeat whatever it was.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnreadable(Id, exception.GetType().Name);
            return null;
        }
    }

    /// <summary>A certificate request takes a random serial number and the authority's word: things no pure decision can make.</summary>
    private Prepared Prepare(ResidentCommand command, Circumstances circumstances) => (command, _history.State) switch
    {
        (RequestCertificate request, Resident.Registered registered) => issuance.Prepare(request, registered, circumstances),
        (RequestCertificate, _) => new Prepared.Refused(Refusals.UnknownResident()),
        _ => new Prepared.Ready(command),
    };

    private async Task<ResidentAnswer> DecideAsync(ResidentCommand command, string name, Circumstances circumstances)
    {
        var decision = ResidentDecider.Decide(_history.State, command, circumstances);
        if (decision is Decision.Refused refused)
            return Refuse(refused.Refusal, command);

        var events = ((Decision.Accepted)decision).Events;
        if (await AppendAsync(events, circumstances.ToProvenance(name)) is not { } recorded
            || await SignOrdersAsync(circumstances) is not { } signed)
            return new ResidentAnswer.TryAgain();

        return new ResidentAnswer.Done(new(circumstances.CommandId, [.. recorded, .. signed]));
    }

    /// <summary>
    /// Signs what is ordered and not signed yet, and records it, or that it was refused, under the command that ordered it. What is on hold is
    /// signed once it is released. Null when nothing more can be done now.
    /// </summary>
    private async Task<IReadOnlyList<Recorded>?> SignOrdersAsync(Circumstances circumstances)
    {
        if (_history.State is not Resident.Registered registered)
            return [];

        var signed = new List<Recorded>();
        foreach (var ordered in registered.Certificates.Select(each => each.Standing).OfType<Standing.Ordered>())
        {
            if (RecordOf(ordered.Order) is not { } record)
                continue;

            var system = circumstances with { CommandId = ordered.By, By = BackOffice.Actor };
            var decision = (Decision.Accepted)ResidentDecider.Decide(_history.State, record, system);
            if (await AppendAsync(decision.Events, system.ToProvenance(record.Name())) is not { } recorded)
                return null;
            signed.AddRange(recorded);
        }

        return signed;
    }

    /// <summary>None while the authority's key does not answer: the order stays, and is signed with a later message.</summary>
    private InternalCommand? RecordOf(CertificateOrder order)
    {
        switch (issuance.Sign(order))
        {
            case SignResult.Certified { Certificate: var certificate }:
                return new RecordCertificate(order.Serial, certificate, Convert.ToHexStringLower(SHA256.HashData(certificate.Span)));
            case SignResult.Refused { Findings: var findings }:
                LogIncident(Id, order.Serial.Value, string.Join(", ", findings));
                return new RefuseCertificate(order.Serial, findings);
            case SignResult.Unavailable:
                return null;
            default:
                throw new InvalidOperationException("An order is signed, refused, or waits for its key.");
        }
    }

    private async Task<IReadOnlyList<Recorded>?> AppendAsync(IReadOnlyList<ResidentEvent> events, Provenance provenance)
    {
        try
        {
            var kept = KeptRows.ChangedBy(Id, _history.State, events, provenance);
            switch (await ledger.AppendAsync(Id, _history.Version, events, provenance, kept))
            {
                case Appending.Recorded recorded:
                    _history = _history.With(recorded.Events);
                    return recorded.Events;
                case Appending.Busy:
                    LogBusy(Id); // The state is kept: a reload would only give the ledger more to do.
                    return null;
                default:
                    LogOvertaken(Id);
                    break;
            }
        }
#pragma warning disable CA1031 // Whatever it was, the outcome is unknown and the answer the same: reload, and let the sender repeat.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogOutcomeUnknown(Id, exception.GetType().Name);
        }

        StartAfresh();
        return null;
    }

    private ResidentAnswer.TryAgain StartAfresh()
    {
        _outOfDate = true;
        DeactivateOnIdle();
        return new();
    }

    private async Task<ResidentAnswer> AnswerAgainAsync(CommandId id)
    {
        try
        {
            var recorded = await ledger.ReadAsync(Id);
            return new ResidentAnswer.Done(new(id, [.. recorded.Where(each => each.Provenance.CommandId == id)]), Repeated: true);
        }
#pragma warning disable CA1031 // It was done before, and the sender learns what it caused by repeating it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogUnreadable(Id, exception.GetType().Name);
            return new ResidentAnswer.TryAgain();
        }
    }

    private ResidentAnswer.Refused Refuse(Refusal refusal, ResidentCommand command)
    {
        LogRefused(Id, command.Name(), refusal.Code, refusal.Rule);
        return new ResidentAnswer.Refused(refusal);
    }

    [LoggerMessage(LogLevel.Information, "{Resident}: {Command} refused: {Code} ({Rule})")]
    private partial void LogRefused(ResidentId resident, string command, string code, string rule);

    [LoggerMessage(LogLevel.Critical, "{Resident}: incident: certificate {Serial} does not pass its profile check and does not leave: {Findings}")]
    private partial void LogIncident(ResidentId resident, string serial, string findings);

    [LoggerMessage(LogLevel.Warning, "{Resident}: another writer was first; reloading")]
    private partial void LogOvertaken(ResidentId resident);

    [LoggerMessage(LogLevel.Error, "{Resident}: the ledger can't be read ({Failure}); nothing was changed")]
    private partial void LogUnreadable(ResidentId resident, string failure);

    [LoggerMessage(LogLevel.Warning, "{Resident}: the ledger is busy; nothing was stored")]
    private partial void LogBusy(ResidentId resident);

    [LoggerMessage(LogLevel.Error, "{Resident}: the ledger's answer is unknown ({Failure}); reloading")]
    private partial void LogOutcomeUnknown(ResidentId resident, string failure);
}
