using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>代理人手続きの取下げ: the agent gives up, or the holder answers no.</summary>
[StoredName("close-agent-case", "代理人手続きの取下げ")]
public sealed record CloseAgentCase(CommandId Case) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state) => state.AgentCase is AgentCase.Open open && open.Id == Case
        ? Decision.Accept(new AgentCaseEnded(Case, AgentCaseEnd.Withdrawn))
        : Refusals.NoSuchAgentCase();
}

/// <summary>
/// 代理人手続きの期限切れ: what the nightly job ends. A case past its day serves for nothing before that already; this puts it on record.
/// </summary>
[StoredName("expire-agent-case", "代理人手続きの期限切れ")]
public sealed record ExpireAgentCase(CommandId Case) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.AgentCase is not AgentCase.Open open || open.Id != Case)
            return Refusals.NoSuchAgentCase();
        return open.IsExpired(c)
            ? Decision.Accept(new AgentCaseEnded(Case, AgentCaseEnd.Expired))
            : Refusals.AgentCaseStillOpen(open.DueOn);
    }
}
