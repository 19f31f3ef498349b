using Jpki.Domain;
using Jpki.Domain.Residents;

namespace Jpki.Grains;

/// <summary>What may be said to a resident's grain. All messages are immutable, so a silo passes them on uncopied.</summary>
[GenerateSerializer, Immutable]
public abstract record ResidentMessage
{
    /// <summary>Do this, on behalf of that actor.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Submit([property: Id(0)] CommandEnvelope Envelope, [property: Id(1)] Actor By) : ResidentMessage;

    /// <summary>Would this be taken now, on behalf of that actor? Nothing happens. Not for what the shell prepares, such as a certificate request.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Weigh([property: Id(0)] CommandEnvelope Envelope, [property: Id(1)] Actor By) : ResidentMessage;

    /// <summary>How do things stand?</summary>
    [GenerateSerializer, Immutable]
    public sealed record Look([property: Id(0)] bool WithAttributes) : ResidentMessage;

    /// <summary>What is remembered is out of date: the record itself was masked.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Reload : ResidentMessage;
}

/// <summary>What a resident's grain answers.</summary>
[GenerateSerializer, Immutable]
public abstract record ResidentAnswer
{
    /// <summary>Done, now or when the same command came before.</summary>
    /// <param name="Repeated">The command had been done before; these are the events it caused then.</param>
    [GenerateSerializer, Immutable]
    public sealed record Done([property: Id(0)] CommandAnswer Answer, [property: Id(1)] bool Repeated = false) : ResidentAnswer;

    /// <summary>Refused; nothing happened.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ResidentAnswer;

    /// <summary>As things are, it would be taken; nothing happened.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Acceptable : ResidentAnswer;

    /// <summary>The state; none for an unknown resident.</summary>
    [GenerateSerializer, Immutable]
    public sealed record Seen([property: Id(0)] ResidentView? View) : ResidentAnswer;

    /// <summary>
    /// Whether it happened is not known (the store failed or another writer was first). Sending the same command id again tells, and does
    /// it at most once.
    /// </summary>
    /// <param name="Unprovable">Known: it did not, because the record can't be proven at the moment (<see cref="IProofs"/>).</param>
    [GenerateSerializer, Immutable]
    public sealed record TryAgain([property: Id(0)] bool Unprovable = false) : ResidentAnswer;
}
