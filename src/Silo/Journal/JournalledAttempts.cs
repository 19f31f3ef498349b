using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Silo.Journal;

/// <summary>
/// Stands around every resident's grain: whatever was refused there, from whichever door it came (API, registry's feed, bulk, import, nightly
/// job), is in the journal before the refusal leaves. When it can't be, the answer is to try again.
/// </summary>
public sealed class JournalledAttempts(OfficeJournal journal) : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Grain is not IResidentGrain || context.Result is not ResidentAnswer.Refused { Refusal: var refusal })
            return;

        var (envelope, by) = context.Request.GetArgument(0) switch
        {
            ResidentMessage.Submit submit => (submit.Envelope, submit.By),
            ResidentMessage.Weigh weigh => (weigh.Envelope, weigh.By),
            var other => throw new InvalidOperationException($"{other?.GetType().Name} can't be refused."),
        };
        var resident = ResidentId.Parse(context.TargetId.Key.ToString()!);
        if (!await journal.RefusedAsync(by, envelope.Command.Name(), envelope.CommandId, refusal.Code, refusal.Rule, resident))
            context.Result = new ResidentAnswer.TryAgain();
    }
}
