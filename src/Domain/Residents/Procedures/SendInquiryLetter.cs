using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 照会書兼回答書の発送: by post to the holder's address as registered at that time. A later change of address voids the case
/// (<see cref="ChangeAttributes"/>), for the letter may be read where the holder no longer lives.
/// </summary>
/// <param name="Case">The open case.</param>
[StoredName("send-inquiry-letter", "照会書兼回答書の発送")]
public sealed record SendInquiryLetter(CommandId Case) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c) => state.AgentCase switch
    {
        AgentCase.Open open when open.Id == Case && open.IsExpired(c) => Refusals.AgentCaseExpired(open.DueOn),
        AgentCase.Opened opened when opened.Id == Case => Decision.Accept(new InquiryLetterSent(Case)),
        AgentCase.Open open when open.Id == Case => Refusals.LetterAlreadySent(),
        _ => Refusals.NoSuchAgentCase(),
    };
}
