using Jpki.Domain;

namespace Jpki.Ledger;

/// <summary>追記の結果: what became of an append. What is neither is a <see cref="LedgerOutcomeUnknownException"/>.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>All of the events are durable.</summary>
    /// <param name="Events">As they stand in the stream.</param>
    public sealed record Appended(IReadOnlyList<Recorded> Events) : AppendOutcome;

    /// <summary>
    /// The stream was not at the expected version, and none of the events was stored. The caller reloads: the one who was faster may have
    /// done this very command.
    /// </summary>
    public sealed record Conflict : AppendOutcome
    {
        public static readonly Conflict Instance = new();
    }

    /// <summary>More is waiting than can be stored in good time. Nothing was sent and none of the events is stored; the state stays good.</summary>
    public sealed record Busy : AppendOutcome
    {
        public static readonly Busy Instance = new();
    }
}
