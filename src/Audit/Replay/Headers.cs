using System.Text.Json.Serialization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Replay;

/// <summary>What stands beside an event; members of others are passed over, as the ledger does.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record Headers(string Command, string Subject, Role Role, DateTimeOffset At, string RuleSet, OfficeCode? Office = null)
{
    public Provenance ToProvenance(CommandId id) => new(id, Command, new(Subject, Role, Office), At, RuleSet);
}
