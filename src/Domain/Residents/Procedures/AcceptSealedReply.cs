using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 回答書の受領: the second visit: the agent brings the letter, answered and sealed by the holder, with the PINs on a form inside. From here the
/// errand may be done, once.
/// </summary>
/// <param name="Case">The case the letter names.</param>
/// <param name="ConsentSigned">The holder's own signed consent to the errand, naming this agent.</param>
/// <param name="SealUnbroken">The envelope was closed when it came: nobody but the holder has seen the PINs.</param>
/// <param name="AgentsDocument">How the agent was identified this time.</param>
/// <param name="Images">Both sides of it.</param>
[StoredName("accept-sealed-reply", "回答書の受領")]
public sealed record AcceptSealedReply(
    CommandId Case, bool ConsentSigned, bool SealUnbroken, IdentityDocument AgentsDocument, DocumentImages? Images = null)
    : ResidentCommand, IDocumented
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if ((Guards.AtCounter(state, c) ?? Awaited(state, c) ?? InOrder() ?? Applicants.Documents(AgentsDocument, Images, c)) is { } refusal)
            return refusal;

        return Decision.Accept(new SealedReplyAccepted(Case, AgentsDocument, Images));
    }

    private Refusal? Awaited(Resident.Registered state, Circumstances c) => state.AgentCase switch
    {
        AgentCase.Open open when open.Id == Case && open.IsExpired(c) => Refusals.AgentCaseExpired(open.DueOn),
        AgentCase.LetterSent sent when sent.Id == Case => null,
        AgentCase.Opened opened when opened.Id == Case => Refusals.LetterNotSent(),
        AgentCase.Answered answered when answered.Id == Case => Refusals.AlreadyAnswered(),
        _ => Refusals.NoSuchAgentCase(),
    };

    private Refusal? InOrder() => ConsentSigned && SealUnbroken ? null : Refusals.ReplyNotInOrder();
}
