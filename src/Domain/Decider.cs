namespace Jpki.Domain;

/// <summary>What a decider answers: the events that happen, or the refusal. There is no third.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>受理: one or more events, in order, to be recorded together or not at all.</summary>
    public sealed record Accepted(IReadOnlyList<Residents.ResidentEvent> Events) : Decision;

    /// <summary>不受理: nothing happens.</summary>
    public sealed record Refused(Refusal Refusal) : Decision;

    public static Decision Accept(params IReadOnlyList<Residents.ResidentEvent> events) => new Accepted(events);

    public static implicit operator Decision(Refusal refusal) => new Refused(refusal);
}
