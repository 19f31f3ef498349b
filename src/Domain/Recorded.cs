using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Domain;

/// <summary>来歴: where an event came from, kept beside it for ever.</summary>
/// <param name="CommandId">The command that caused it; one command may cause several events.</param>
/// <param name="Command">The command's wire name, e.g. <c>suspend-certificates</c>.</param>
/// <param name="By">Who acted.</param>
/// <param name="At">When it was decided, by the back office's clock.</param>
/// <param name="RuleSet">The rule set it was decided under, e.g. <c>akishima-2018</c>.</param>
public sealed record Provenance(CommandId CommandId, string Command, Actor By, DateTimeOffset At, string RuleSet);

/// <summary>記録: an event as it stands in the ledger.</summary>
/// <param name="Resident">Whose stream.</param>
/// <param name="Version">Place in the stream, from 1 without gaps.</param>
/// <param name="Event">What happened.</param>
/// <param name="Provenance">Where it came from.</param>
public sealed record Recorded(ResidentId Resident, long Version, ResidentEvent Event, Provenance Provenance);
