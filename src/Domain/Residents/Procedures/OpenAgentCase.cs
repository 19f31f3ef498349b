namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 代理人手続きの受付: the first visit of an appointed agent (S22, S29). What the agent is to do is taken down; the holder will be asked by post. No
/// name of the agent is kept: the holder writes it into the reply. Who is represented by law can't appoint anybody.
/// </summary>
/// <param name="AgentsDocument">How the agent was identified.</param>
/// <param name="Images">Both sides of it.</param>
[StoredName("open-agent-case", "代理人手続きの受付")]
public sealed record OpenAgentCase(AgentErrand Errand, IdentityDocument AgentsDocument, DocumentImages? Images = null)
    : ResidentCommand, IDocumented
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Refuse(state, c) is { } refusal)
            return refusal;

        var opened = new AgentCaseOpened(c.CommandId, Errand, c.Today.AddDays(AgentCase.DaysToAnswer), AgentsDocument, Images);
        return state.AgentCase is AgentCase.Open expired
            ? Decision.Accept(new AgentCaseEnded(expired.Id, AgentCaseEnd.Expired), opened)
            : Decision.Accept(opened);
    }

    private Refusal? Refuse(Resident.Registered state, Circumstances c) =>
        Guards.AtCounter(state, c)
        ?? Errand.Malformed()
        ?? (Applicants.IsRepresented(state, c) ? Refusals.RepresentativeNeeded() : null)
        ?? (state.AgentCase is AgentCase.Open open && !open.IsExpired(c) ? Refusals.AgentCaseUnderWay() : null)
        ?? Applicants.Documents(AgentsDocument, Images, c);
}
