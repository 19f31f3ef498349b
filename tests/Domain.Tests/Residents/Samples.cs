using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>One of each command and, by living through them, one of each event.</summary>
internal static class Samples
{
    public static IReadOnlyList<ResidentCommand> Commands { get; } =
    [
        new RegisterResident(People.Hanako, People.Day("2020-04-01")),
        new ChangeAttributes(People.HanakoMoved, People.Day("2026-05-20")),
        new CorrectAttributes(People.HanakoMoved, People.Day("2026-05-20")),
        new RemoveResident(RemovalCause.MovedOverseas, People.Day("2026-07-01"), ContinuedUse: true),
        new CorrectRemoval(),
        new CompleteDeparture(),
        new RecordWardStatus(WardChange.Started, People.Day("2026-05-20")),
        new EndCard(CardEndCause.Lost),
        new ExpireApplication(),
        new HandOverCard(Cards.WithoutPin, [Signature], People.ByLicence),
        new ApplyForCertificates(Cards.InReader, [Signature, Authentication], People.ByCard),
        new RequestCertificate(Earlier, Signature, Octets.From([0x30, 0x03, 0xfb, 0xff, 0x3e])),
        Order(3, Signature, Earlier),
        Record(3),
        Refuse(3),
        Confirm(3),
        new AbandonApplication(Earlier),
        new RecordCardFaceUpdate(Cards.WithoutPin, People.HanakoMoved),
        new SuspendCertificates(),
        new ReleaseCertificates(Cards.InReader, People.ByCard),
        new RevokeCertificates([Signature], RevocationCause.KeyLeaked, People.ByLicence),
        new ProposeException(new ProposedException.ExOfficioRevocation([Signature], ExOfficioReason.RecordingError)),
        new ConfirmProposal(Earlier),
        new WithdrawProposal(Earlier),
        new LapseProposal(Earlier),
        new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard),
        new ConfirmPinReset(Id(30), Cards.Own),
        new OpenAgentCase(new AgentErrand.Issue([Signature]), IdentityDocument.DrivingLicence, Images),
        new SendInquiryLetter(Case),
        SealedReply,
        new CloseAgentCase(Case),
        new ExpireAgentCase(Case),

        new RecordLegacyCertificate(Serial(40), People.Day("2015-12-22")),
    ];

    /// <summary>Where each event can follow: the state before it, and the event.</summary>
    public static IReadOnlyList<(Resident Before, ResidentEvent Event)> Events { get; } =
    [
        (Given().State, new ResidentRegistered(People.Hanako, People.Day("2020-04-01"))),
        .. From(Holder().By(People.Registry), new ChangeAttributes(People.HanakoMoved, People.Day("2026-05-20"))),
        .. From(Holder().Moved().By(People.Registry), new ChangeAttributes(People.HanakoMoved, People.Day("2026-05-20"))),
        .. From(Holder().By(People.Registry), new CorrectAttributes(People.HanakoMoved, People.Day("2026-05-20"))),
        .. From(Holder().Under(RuleSet.National2026).By(People.Registry), Depart("2026-07-01")),
        .. From(Holder().By(People.Registry), new RemoveResident(RemovalCause.Death, People.Day("2026-05-20"))),
        .. From(Holder().Gone(RemovalCause.MovedOut).By(People.Registry), new RegisterResident(People.HanakoMoved, People.Day("2026-06-01"))),
        .. From(Holder().Gone(RemovalCause.Death).By(People.Registry), new CorrectRemoval()),
        .. From(Holder().By(People.Registry), new RecordWardStatus(WardChange.Started, People.Day("2026-05-20"))),
        .. From(WardSpecs.Proposed().By(People.Supervisor), new ConfirmProposal(Earlier)),
        .. From(Registered(), new HandOverCard(Cards.WithoutPin, [], People.ByLicence)),
        .. From(Holder(), Apply(Signature)),
        .. From(Holder().Applied(Signature).Issued(Signature), new AbandonApplication(Earlier)),
        .. From(Holder().Applied(Signature), Order(3, Signature, Earlier)),
        .. From(Holder().Applied(Signature).Ordered(Signature).By(People.BackOffice), Record(3)),
        .. From(Holder().Applied(Signature).Ordered(Signature).By(People.BackOffice), Refuse(3)),
        .. From(Holder().Applied(Signature).Issued(Signature), Confirm(3)),
        .. From(Holder().Moved(), new RecordCardFaceUpdate(Cards.InReader, People.HanakoMoved)),
        .. From(Holder().By(People.CallCentre), new SuspendCertificates()),
        .. From(Holder().Lost(), new ReleaseCertificates(Cards.InReader, People.ByCard)),
        .. From(Holder(), Propose),
        .. From(Holder().Done(Propose, Earlier).By(People.Supervisor), new ConfirmProposal(Earlier)),
        .. From(Holder().Done(Propose, Earlier), new WithdrawProposal(Earlier)),
        .. From(Holder().Done(Propose, Earlier).At("2026-06-16T03:00+09:00").By(People.BackOffice), new LapseProposal(Earlier)),
        .. From(Holder(), new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard)),
        .. From(Holder().Done(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard), Id(30)), new ConfirmPinReset(Id(30), Cards.Own)),
        .. From(Holder(), new OpenAgentCase(new AgentErrand.ResetPins([PinKind.Signature]), IdentityDocument.DrivingLicence, Images)),
        .. From(Holder().AgentAsked(new AgentErrand.Release()), new SendInquiryLetter(Case)),
        .. From(Holder().AgentAsked(new AgentErrand.ReceiveCard()).LetterSent(), SealedReply),
        .. From(Holder().AgentAsked(new AgentErrand.Revoke([Signature])), new CloseAgentCase(Case)),

        .. From(
            Registered().Done(People.Registry, new ChangeAttributes(People.HanakoMoved, People.Day("2016-04-01"))).By(People.Administrator),
            new RecordLegacyCertificate(Serial(40), People.Day("2015-12-22"))),
    ];

    public static DocumentImages Images { get; } = new(new(Sha256(1), "image/jpeg", 1_000), new(Sha256(2), "image/png", 2_000));

    private static ProposeException Propose => new(new ProposedException.ExOfficioRevocation([Signature], ExOfficioReason.RecordingError));

    /// <summary>The events of one decision, each with the state it happens in.</summary>
    private static IEnumerable<(Resident Before, ResidentEvent Event)> From(Scene scene, ResidentCommand command)
    {
        var state = scene.State;
        var provenance = scene.Circumstances(This).ToProvenance(command.Name());
        foreach (var each in ((Decision.Accepted)scene.When(command).Decision).Events)
        {
            yield return (state, each);
            state = Resident.Evolve(state, each, provenance);
        }
    }
}
