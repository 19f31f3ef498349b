using System.Diagnostics;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Residents;

/// <summary>
/// 受理の判断: the whole of it, as one table of command and state. Each arm calls the rule that stands in the procedure's own file.
/// </summary>
public static class ResidentDecider
{
    public static Decision Decide(Resident state, ResidentCommand command, Circumstances circumstances) =>
        (Permissions.Check(command, circumstances) ?? JukiCards.Check(command, circumstances)) is { } refusal
            ? refusal
            : Permitted(state, command, circumstances);

    private static Decision Permitted(Resident state, ResidentCommand command, Circumstances c) => (state, command) switch
    {
        (Resident.Unknown, RegisterResident x) => x.Decide(c),
        (Resident.Registered s, RegisterResident x) => x.Decide(s, c),
        (Resident.Unknown, _) => Refusals.UnknownResident(),
        (Resident.Registered s, RemoveResident x) => x.Decide(s, c),
        (Resident.Registered s, CorrectRemoval) => CorrectRemoval.Decide(s),
        (Resident.Registered s, CompleteDeparture) => CompleteDeparture.Decide(s, c),
        (Resident.Registered s, LapseProposal x) => x.Decide(s, c),
        (Resident.Registered s, _) when Guards.StillRegistered(s, command, c) is { } gone => gone,
        (Resident.Registered s, CorrectAttributes x) => x.Decide(s, c),
        (Resident.Registered s, RecordWardStatus x) => x.Decide(s, c),
        (Resident.Registered s, EndCard x) => x.Decide(s, c),
        (Resident.Registered s, ExpireApplication) => ExpireApplication.Decide(s, c),
        (Resident.Registered s, ChangeAttributes x) => x.Decide(s, c),
        (Resident.Registered s, HandOverCard x) => x.Decide(s, c),
        (Resident.Registered s, ApplyForCertificates x) => x.Decide(s, c),
        (Resident.Registered s, OrderCertificate x) => x.Decide(s, c),
        (Resident.Registered s, RecordCertificate x) => x.Decide(s),
        (Resident.Registered s, RefuseCertificate x) => x.Decide(s),
        (Resident.Registered s, ConfirmCertificate x) => x.Decide(s, c),
        (Resident.Registered s, AbandonApplication x) => x.Decide(s, c),
        (Resident.Registered s, RecordCardFaceUpdate x) => x.Decide(s, c),
        (Resident.Registered s, SuspendCertificates) => SuspendCertificates.Decide(s, c),
        (Resident.Registered s, ReleaseCertificates x) => x.Decide(s, c),
        (Resident.Registered s, RevokeCertificates x) => x.Decide(s, c),
        (Resident.Registered s, ProposeException x) => x.Decide(s, c),
        (Resident.Registered s, ConfirmProposal x) => x.Decide(s, c),
        (Resident.Registered s, WithdrawProposal x) => x.Decide(s, c),
        (Resident.Registered s, ApprovePinReset x) => x.Decide(s, c),
        (Resident.Registered s, ConfirmPinReset x) => x.Decide(s),
        (Resident.Registered s, OpenAgentCase x) => x.Decide(s, c),
        (Resident.Registered s, SendInquiryLetter x) => x.Decide(s, c),
        (Resident.Registered s, AcceptSealedReply x) => x.Decide(s, c),
        (Resident.Registered s, CloseAgentCase x) => x.Decide(s),
        (Resident.Registered s, ExpireAgentCase x) => x.Decide(s, c),

        (Resident.Registered s, RecordLegacyCertificate x) => x.Decide(s, c),
        _ => throw new UnreachableException($"{command.GetType().Name} has no arm for {state.GetType().Name}."),
    };
}
