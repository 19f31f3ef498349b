using Jpki.Domain.Journal;
using Jpki.Domain.Residents;

namespace Jpki.Domain.Json;

/// <summary>The stored names of all events and the wire names of all commands that may come from outside.</summary>
public static class StoredNames
{
    /// <summary>Residents' events by stored name.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Events = Of(typeof(ResidentEvent));

    /// <summary>The journals' events by stored name.</summary>
    public static readonly IReadOnlyDictionary<string, Type> JournalEvents = Of(typeof(JournalEvent));

    /// <summary>Commands by wire name. Commands that only the back office gives itself are not among them.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Commands = Of(typeof(ResidentCommand));

    /// <summary>Exceptions that can be proposed, by name.</summary>
    public static readonly IReadOnlyDictionary<string, Type> ProposedExceptions = Of(typeof(ProposedException));

    /// <summary>Applicants by name.</summary>
    public static readonly IReadOnlyDictionary<string, Type> Applicants = Of(typeof(Applicant));

    /// <summary>Agents' errands by name.</summary>
    public static readonly IReadOnlyDictionary<string, Type> AgentErrands = Of(typeof(AgentErrand));

    private static Dictionary<string, Type> Of(Type root) =>
        root.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(root) && !type.IsAbstract && !type.IsSubclassOf(typeof(InternalCommand)))
            .ToDictionary(type => StoredNameAttribute.Of(type).Name);
}
