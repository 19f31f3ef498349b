using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>例外の提案の取下げ: by who proposed, or by a supervisor, who so turns it down.</summary>
[StoredName("withdraw-proposal", "例外の提案の取下げ")]
public sealed record WithdrawProposal(CommandId Proposal) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Supervision.Find(Proposal) is not { } proposal)
            return Refusals.NoSuchProposal();
        return proposal.By == c.By.Subject || c.By.Role == Role.Supervisor
            ? Decision.Accept(new ProposalWithdrawn(Proposal))
            : Refusals.ProposalOfAnother();
    }
}

/// <summary>
/// 例外の提案の失効: what the nightly job ends. A proposal past its last day can't be confirmed before that already; this puts it on record.
/// </summary>
[StoredName("lapse-proposal", "例外の提案の失効")]
public sealed record LapseProposal(CommandId Proposal) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Supervision.Find(Proposal) is not { } proposal)
            return Refusals.NoSuchProposal();
        return proposal.LastDay < c.Today ? Decision.Accept(new ProposalLapsed(Proposal)) : Refusals.ProposalStillOpen(proposal.LastDay);
    }
}
