using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Residents;

/// <summary>夜間処理: what the back office does by itself about what nobody came back for.</summary>
public static class NightlyJobs
{
    /// <summary>The command that ends an item once its last day is past; none for what only people can end.</summary>
    public static ResidentCommand? EndingOf(WorkItem item) => item.Kind switch
    {
        WorkKind.Application => new ExpireApplication(),
        WorkKind.Proposal => new LapseProposal(CommandId.Parse(item.Reference)),
        WorkKind.AgentCase => new ExpireAgentCase(CommandId.Parse(item.Reference)),
        WorkKind.Departure => new CompleteDeparture(),
        WorkKind.CardExpiry => new EndCard(CardEndCause.Expired),
        WorkKind.PinReset or WorkKind.RefusedCertificate => null,
        _ => throw new ArgumentOutOfRangeException(nameof(item), item.Kind, null),
    };

    /// <summary>The id of that command: the same night run again sends the same, and it is done once.</summary>
    public static CommandId IdOf(ResidentCommand command, DateOnly day, ResidentId resident, WorkItem item) =>
        CommandId.Derived("nightly", command.Name(), day.ToString("o"), resident.Value, item.Reference);
}
