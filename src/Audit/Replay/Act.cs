using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Replay;

/// <summary>行為: one event as a line of somebody's history: what, when, by whom. No personal data but the resident's key.</summary>
/// <param name="Resident">None where a journal's entry is about no single one.</param>
/// <param name="Type">Stored name of the event.</param>
/// <param name="Japanese">Its term.</param>
public sealed record Act(
    ResidentId? Resident,
    long Version,
    DateTimeOffset At,
    string Type,
    string Japanese,
    string Command,
    string Subject,
    Role Role,
    OfficeCode? Office,
    string RuleSet)
{
    /// <summary>Of what was refused; none for what happened.</summary>
    public string? Code { get; init; }

    public static Act Of(Recorded recorded)
    {
        var name = StoredNameAttribute.Of(recorded.Event.GetType());
        var (_, command, by, at, rules) = recorded.Provenance;
        return new(recorded.Resident, recorded.Version, at, name.Name, name.Japanese, command, by.Subject, by.Role, by.Office, rules);
    }
}

/// <summary>範囲: whose history is replayed; everything where nothing is said.</summary>
/// <param name="Office">What was done from this office.</param>
/// <param name="Officer">What was done by this account.</param>
public sealed record ReplayScope(ResidentId? Resident = null, OfficeCode? Office = null, string? Officer = null)
{
    /// <summary>Whether an event is within it.</summary>
    public bool Has(Recorded recorded) => Has(recorded.Resident, recorded.Provenance.By);

    /// <summary>Whether an entry of a journal is within it.</summary>
    public bool Has(JournalLine line) => Has(line.Resident, line.By);

    private bool Has(ResidentId? resident, Actor by) =>
        (Resident is null || resident == Resident) && (Office is null || by.Office == Office) && (Officer is null || by.Subject == Officer);
}

/// <summary>時点: how far a replay goes; to the end where nothing is said.</summary>
/// <param name="Version">Last version of the stream, inclusive.</param>
/// <param name="At">Last instant, inclusive.</param>
public sealed record ReplayPoint(long? Version = null, DateTimeOffset? At = null)
{
    /// <summary>Whether an event is not after it.</summary>
    public bool Reaches(Recorded recorded) => (Version is null || recorded.Version <= Version) && (At is null || recorded.Provenance.At <= At);
}
