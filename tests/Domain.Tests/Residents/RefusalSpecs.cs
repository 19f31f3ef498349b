using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>不受理: every "no" of the decider, given at least once.</summary>
[Trait("Rule", "B3")]
public sealed class RefusalSpecs
{
    private static readonly RegisterResident _register = new(People.Hanako, People.Day("2020-04-01"));
    private static readonly ChangeAttributes _move = new(People.HanakoMoved, People.Day("2026-06-01"));
    private static readonly RemoveResident _remove = new(RemovalCause.MovedOut, People.Day("2026-06-01"));
    private static readonly RecordWardStatus _ward = new(WardChange.Started, People.Day("2026-06-01"));
    private static readonly ProposeException _propose = new(new ProposedException.Ward(WardReason.GuardianPresent));
    private static readonly HandOverCard _handOver = new(Cards.WithoutPin, [], People.ByLicence);
    private static readonly RevokeCertificates _revoke = new([Signature], RevocationCause.HolderApplication, People.ByLicence);
    private static readonly ApprovePinReset _reset = new(Cards.WithoutPin, [PinKind.BasicRegister], People.ByCard);
    private static readonly ReleaseCertificates _release = new(Cards.InReader, People.ByCard);
    private static readonly RecordLegacyCertificate _legacy = new(Serial(40), People.Day("2015-12-22"));

    private static readonly AgentErrand _errand = new AgentErrand.Issue([Signature]);

    private static readonly Dictionary<string, (string Rule, Func<Scene.Outcome> Given)> _every = new()
    {
        ["RoleMayNot"] = ("house", () => Registered().By(People.Clerk).When(_move)),
        ["SuspensionOnlyByCallCentre"] = ("S30", () => Holder().By(People.Clerk).When(new SuspendCertificates())),
        ["OtherMunicipality"] = ("S23", () => Holder().By(People.ClerkOfAnotherTown).When(Apply(Signature))),
        ["UnknownOffice"] = ("S14", () => Holder().By(People.ClerkOfAnUnlistedOffice).When(Apply(Signature))),
        ["UnknownResident"] = ("S23", () => Given().By(People.Clerk).When(Apply(Signature))),
        ["AlreadyRegistered"] = ("S23", () => Registered().By(People.Registry).When(_register)),
        ["NothingChanged"] = ("S6", () => Holder().By(People.Registry).When(_move with { Attributes = People.Hanako })),
        ["NotInThePast"] = ("S6", () => Holder().By(People.Registry).When(_move with { OccurredOn = People.Day("2026-06-02") })),
        ["BirthDateInTheFuture"] = ("S6", () =>
            Given().By(People.Registry).When(_register with { Attributes = People.Hanako with { BirthDate = People.Day("2026-06-02") } })),
        ["NoCard"] = ("S16", () => Registered().When(Apply(Signature))),
        ["CardAlreadyHandedOver"] = ("S3", () => Holder().When(_handOver)),
        ["NoLongerRegistered"] = ("S23", () => Holder().Gone(RemovalCause.MovedOut).When(Apply(Signature))),
        ["AlreadyRemoved"] = ("S23", () => Holder().Gone(RemovalCause.MovedOut).By(People.Registry).When(_remove)),
        ["DeathRecorded"] = ("S23", () => Holder().Gone(RemovalCause.Death).By(People.Registry).When(_register)),
        ["NotRemoved"] = ("S23", () => Holder().By(People.Registry).When(new CorrectRemoval())),
        ["ReturnBeforeRemoval"] = ("S23", () => Holder().Gone(RemovalCause.MovedOut).By(People.Registry).When(_register)),
        ["DepartureAlreadyAnnounced"] = ("S23", () => Holder().Departing("2026-07-01").By(People.Registry).When(Depart("2026-07-01"))),
        ["NoDepartureDue"] = ("S23", () => Holder().Departing("2026-07-01").By(People.BackOffice).When(new CompleteDeparture())),
        ["WardStatusUnchanged"] = ("S24", () => Holder().BecomesWard().By(People.Supervisor).When(_ward)),
        ["WardMayNotHaveSignature"] = ("S24", () => Holder().BecomesWard().When(Apply(Signature) with { Identified = People.ByGuardian })),
        ["NoExceptionForWards"] = ("S24", () => Holder().BecomesWard().When(_propose)),
        ["NotAWard"] = ("S24", () => Holder().Under(RuleSet.National2026).When(_propose)),
        ["CardHasEnded"] = ("S16", () => Holder().CardGone(CardEndCause.Returned).When(Apply(Signature))),
        ["CardNotExpiredYet"] = ("S16", () => Holder().By(People.BackOffice).When(new EndCard(CardEndCause.Expired))),
        ["WithinGracePeriod"] = ("B4", () => CardHandedOver().By(People.BackOffice).When(new ExpireApplication())),
        ["CardOfAnotherResident"] = ("S16", () => Holder().When(Apply(Signature) with { Presented = Cards.OfAnother })),
        ["CardOfAnotherMunicipality"] = ("S16", () => Holder().When(Apply(Signature) with { Presented = Cards.OfAnotherTown })),
        ["CardExpired"] = ("S16", () => Holder().At("2034-10-06T10:00+09:00").When(Apply(Signature))),
        ["CardFaceNotCurrent"] = ("S25", () => Holder().Moved().When(Apply(Signature))),
        ["PinNotVerified"] = ("S16", () => Holder().When(Apply(Signature) with { Presented = Cards.WithoutPin })),
        ["CardPinNotVerified"] = ("S27", () => Holder().When(_reset with { Pins = [PinKind.Signature] })),
        ["IdentityDocumentNeeded"] = ("S28", () => Holder().When(_reset)),
        ["NoKindChosen"] = ("S3", () => Holder().When(Apply(Signature, Signature))),
        ["TooYoungForSignature"] = ("S24", () => CardHandedOver(People.Taro).PutOnCard().When(Apply(Signature) with { Identified = People.ByParent })),
        ["ApplicationUnderWay"] = ("S16", () => CardHandedOver().When(Apply(Signature))),
        ["NoSuchApplication"] = ("S16", () => Holder().When(Order(3, Signature, HandOver))),
        ["KindNotApplied"] = ("S16", () => CardHandedOver(optedOut: Signature).When(Order(1, Signature, HandOver))),
        ["AlreadyOrdered"] = ("S16", () => CardHandedOver().Issued(Authentication).By(People.BackOffice).When(Record(1))),
        ["CertificateOnHold"] = ("S32", () => Holder().Lost().When(Apply(Signature))),
        ["RenewalNotOpenYet"] = ("S10", () => Holder().Under(RuleSet.National2026).When(Apply(Signature))),
        ["ValidityHasEnded"] = ("S10", () => CardHandedOver().At("2028-10-06T10:00+09:00").When(Order(1, Signature, HandOver))),
        ["UserAuthenticationFirst"] = ("S10", () => Holder().Applied(Authentication, Signature).When(Order(3, Signature, Earlier))),
        ["UnknownCertificate"] = ("S16", () => Holder().When(Confirm(77))),
        ["NotAwaitingConfirmation"] = ("S16", () => Holder().When(Confirm(1))),
        ["CertificateWasRefused"] = ("S16", () => CardHandedOver().Refused(Authentication).When(Confirm(1))),
        ["ReadBackDiffers"] = ("S16", () => CardHandedOver().Issued(Authentication).When(Confirm(1) with { Sha256 = Sha256(2) })),
        ["NothingToRevoke"] = ("S6", () => CardHandedOver().When(_revoke)),
        ["CauseNotForCounter"] = ("S6", () => Holder().When(_revoke with { Cause = RevocationCause.Superseded })),
        ["NothingToSuspend"] = ("S30", () => Registered().By(People.CallCentre).When(new SuspendCertificates())),
        ["AlreadySuspended"] = ("S30", () => Holder().Lost().By(People.CallCentre).When(new SuspendCertificates())),
        ["NothingOnHold"] = ("S32", () => Holder().When(_release)),
        ["NoPinChosen"] = ("S27", () => Holder().When(_reset with { Pins = [] })),
        ["NoPinResetUnderWay"] = ("S27", () => Holder().When(new ConfirmPinReset(This, Cards.Own))),
        ["RepresentativeNeeded"] = ("S24", () => CardHandedOver(People.Taro).PutOnCard().When(Apply(Authentication))),
        ["NotRepresented"] = ("S22", () => Holder().When(Apply(Signature) with { Identified = People.ByParent })),
        ["NoSuchAgentCase"] = ("S22", () => Holder().When(Apply(Signature) with { Identified = ByAgent })),
        ["AgentCaseUnderWay"] = ("S22", () => Holder().AgentAsked(_errand).When(new OpenAgentCase(_errand, IdentityDocument.Passport))),
        ["AgentCaseExpired"] = ("S22", () => Holder().AgentAsked(_errand).At("2026-07-02T09:00+09:00").When(new SendInquiryLetter(Case))),
        ["AgentCaseStillOpen"] = ("S22", () => Holder().AgentAsked(_errand).By(People.BackOffice).When(new ExpireAgentCase(Case))),
        ["LetterAlreadySent"] = ("S22", () => Holder().AgentAsked(_errand).LetterSent().When(new SendInquiryLetter(Case))),
        ["LetterNotSent"] = ("S22", () => Holder().AgentAsked(_errand).When(SealedReply)),
        ["AlreadyAnswered"] = ("S22", () => Holder().AgentAsked(_errand).LetterSent().Answered().When(SealedReply)),
        ["ReplyNotInOrder"] = ("S22", () => Holder().AgentAsked(_errand).LetterSent().When(SealedReply with { SealUnbroken = false })),
        ["HolderHasNotAnswered"] = ("S22", () => Holder().AgentAsked(_errand).LetterSent().When(Apply(Signature) with { Identified = ByAgent })),
        ["AnotherErrand"] = ("S22", () => Holder().AgentAsked(_errand).LetterSent().Answered().When(Apply(Authentication) with { Identified = ByAgent })),
        ["DocumentImagesNeeded"] = ("S26", () =>
            (Holder() with { Municipality = Town.Akishima with { RequireDocumentImages = true } }).When(Apply(Signature) with { Identified = People.ByLicence })),
        ["NumberCardNotCopied"] = ("S26", () => Holder().When(Apply(Signature) with { Identified = People.ByCard with { Images = Samples.Images } })),
        ["JukiCardsEnded"] = ("S1", () => Holder().When(_release with { Presented = Cards.InReader with { Medium = CardMedium.JukiCard } })),
        ["JukiCardsNotServedHere"] = ("S1", () =>
            Holder().At("2015-12-22T10:00+09:00").When(_release with { Presented = Cards.InReader with { Medium = CardMedium.JukiCard } })),
        ["LegacyIssuedTooLate"] = ("S1", () => Holder().By(People.Administrator).When(_legacy with { IssuedOn = People.Day("2015-12-23") })),
        ["LegacyIssuedTooEarly"] = ("S2", () => Holder().By(People.Administrator).When(_legacy with { IssuedOn = People.Day("2004-01-28") })),
        ["LegacyAlreadyRecorded"] = ("S2", () => Holder().By(People.Administrator).Done(_legacy).When(_legacy)),
        ["LegacyRecordedOtherwise"] = ("S2", () =>
            Holder().By(People.Administrator).Done(_legacy).When(_legacy with { IssuedOn = People.Day("2015-12-21") })),
        ["SecondOfficerNeeded"] = ("house", () => Holder().By(People.Supervisor).When(_revoke with { Cause = RevocationCause.RecordingError })),
        ["NoSuchProposal"] = ("house", () => Holder().When(new WithdrawProposal(Earlier))),
        ["ProposalOfAnother"] = ("house", () => WardSpecs.Proposed().By(People.Clerk with { Subject = "clerk-2" }).When(new WithdrawProposal(Earlier))),
        ["ProposalTooOld"] = ("house", () =>
            WardSpecs.Proposed().At("2026-06-16T09:00+09:00").By(People.Supervisor).When(new ConfirmProposal(Earlier))),
        ["ProposalStillOpen"] = ("house", () => WardSpecs.Proposed().By(People.BackOffice).When(new LapseProposal(Earlier))),
        ["ExceptionInThePast"] = ("S15", () =>
            Holder().When(new ProposeException(new ProposedException.ReceptionHours(People.Day("2026-05-31"), HoursReason.CameInTime)))),
        ["OutsideReceptionHours"] = ("S15", () => Holder().At("2026-06-01T16:30+09:00").When(Apply(Signature))),
    };

    public static TheoryData<string> Codes => [.. _every.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_refusal_is_given_and_names_its_rule(string code)
    {
        var (rule, given) = _every[code];

        var outcome = given();

        outcome.ThenRefused(code);
        Assert.Equal(rule, ((Decision.Refused)outcome.Decision).Refusal.Rule);
    }

    [Fact]
    public void None_is_missing() =>
        Assert.Equal(
            [.. RefusalCatalogue.All.Select(refusal => refusal.Code).Append("OutsideReceptionHours").Order(StringComparer.Ordinal)],
            _every.Keys.Order(StringComparer.Ordinal));
}
