using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Residents;

/// <summary>権限表: which role may send which command. What is not listed is refused.</summary>
public static class Permissions
{
    private static readonly Role[] _counter = [Role.Clerk, Role.Supervisor];

    /// <summary>The roles that may send a command; empty for one that nobody may.</summary>
    public static IReadOnlyList<Role> For(ResidentCommand command) => command switch
    {
        RegisterResident or ChangeAttributes => [Role.Registry],
        RemoveResident or CorrectRemoval or CorrectAttributes => [Role.Registry],
        RecordWardStatus => [Role.Registry, Role.Supervisor],
        EndCard { Cause: CardEndCause.Expired } or CompleteDeparture or ExpireApplication => [Role.System],
        EndCard => _counter,
        SuspendCertificates => [Role.CallCentre],
        ConfirmProposal => [Role.Supervisor],
        ProposeException or WithdrawProposal => _counter,
        LapseProposal => [Role.System],
        HandOverCard or ApplyForCertificates or RequestCertificate or ConfirmCertificate or AbandonApplication => _counter,
        RecordCardFaceUpdate or ReleaseCertificates or RevokeCertificates or ApprovePinReset or ConfirmPinReset => _counter,
        OrderCertificate => _counter,
        OpenAgentCase or SendInquiryLetter or AcceptSealedReply or CloseAgentCase => _counter,
        ExpireAgentCase => [Role.System],
        RecordCertificate or RefuseCertificate => [Role.System],
        RecordLegacyCertificate => [Role.Administrator],
        _ => [],
    };

    /// <summary>The refusal when the actor may not, or acts for another municipality; otherwise none.</summary>
    public static Refusal? Check(ResidentCommand command, Circumstances circumstances)
    {
        var by = circumstances.By;
        if (!For(command).Contains(by.Role))
            return command is SuspendCertificates ? Refusals.SuspensionOnlyByCallCentre() : Refusals.RoleMayNot();

        var bound = by.Role is Role.Clerk or Role.Supervisor or Role.Registry;
        return bound && by.Office?.Municipality != circumstances.Municipality.Code ? Refusals.OtherMunicipality() : null;
    }
}
