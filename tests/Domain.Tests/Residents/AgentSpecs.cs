using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>任意代理人: asked for, confirmed by the holder by letter, done once.</summary>
[Trait("Rule", "S22")]
public sealed class AgentSpecs
{
    private static readonly AgentErrand _issue = new AgentErrand.Issue([Signature]);
    private static readonly DateOnly _due = People.Day("2026-07-01");

    [Fact]
    public void A_case_goes_from_the_first_visit_by_letter_to_the_second_and_serves_once()
    {
        var asked = Holder().When(Open(_issue)).Then(new AgentCaseOpened(This, _issue, _due, IdentityDocument.DrivingLicence));
        var sent = asked.When(new SendInquiryLetter(This)).Then(new InquiryLetterSent(This));
        var answered = sent.When(SealedReply with { Case = This }).Then(new SealedReplyAccepted(This, IdentityDocument.DrivingLicence));
        var agent = People.ByLicence with { Applicant = new Applicant.AppointedAgent(This) };

        var applied = answered.When(Apply(Signature) with { Identified = agent }).Then(
            new CertificatesApplied(This, Cards.Own, [new(Signature, HandOverEnds, ApplicationReason.Renewal)], agent),
            new FeeCharged(This, 200, "issuance-200", [Signature]),
            new AgentCaseEnded(This, AgentCaseEnd.UsedUp));

        applied.PutOnCard().When(Apply(Signature) with { Identified = agent }).ThenRefused("NoSuchAgentCase");
    }

    [Fact]
    [Trait("Rule", "S29")]
    public void An_agent_resets_a_PIN_with_the_cards_own_from_the_sealed_reply()
    {
        var answered = Holder().AgentAsked(new AgentErrand.ResetPins([PinKind.Signature])).LetterSent().Answered();

        answered.When(new ApprovePinReset(Cards.WithoutPin, [PinKind.Signature], ByAgent)).ThenRefused("CardPinNotVerified");
        answered.When(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], ByAgent))
            .Then(new PinResetApproved(This, Cards.Own, [PinKind.Signature], ByAgent), new AgentCaseEnded(Case, AgentCaseEnd.UsedUp));
    }

    [Fact]
    [Trait("Rule", "S28")]
    public void An_agents_own_number_card_is_a_document_other_than_the_card_in_the_reader()
    {
        PinKind[] pins = [PinKind.Signature, PinKind.BasicRegister];

        Holder().AgentAsked(new AgentErrand.ResetPins(pins)).LetterSent().Answered()
            .Done(new ApprovePinReset(Cards.WithoutPin, pins, ByAgent with { Document = IdentityDocument.MyNumberCard }));
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void An_agent_has_a_hold_released()
    {
        var answered = Holder(Signature).Lost().AgentAsked(new AgentErrand.Release()).LetterSent().Answered();

        answered.When(new ReleaseCertificates(Cards.InReader, ByAgent)).Then(
            new CertificateReleased(Serial(1), Authentication, HoldCause.LossReported, ByAgent),
            new AgentCaseEnded(Case, AgentCaseEnd.UsedUp));
    }

    [Fact]
    [Trait("Rule", "S3")]
    public void An_agent_receives_the_card()
    {
        var answered = Registered().AgentAsked(new AgentErrand.ReceiveCard()).LetterSent().Answered();

        answered.When(new HandOverCard(Cards.WithoutPin, [Signature, Authentication], ByAgent)).Then(
            new CardHandedOver(Cards.Own, Cards.LastDay, [Signature, Authentication], false, ByAgent),
            new AgentCaseEnded(Case, AgentCaseEnd.UsedUp));
        Assert.IsType<AgentCase.None>(answered.Done(new HandOverCard(Cards.WithoutPin, [], ByAgent)).Registered().AgentCase);
    }

    [Fact]
    public void An_agent_applies_for_a_revocation()
    {
        var answered = Holder().AgentAsked(new AgentErrand.Revoke([Signature])).LetterSent().Answered();

        answered.When(new RevokeCertificates([Signature], RevocationCause.HolderApplication, ByAgent)).Then(
            new CertificateRevoked(Serial(2), Signature, RevocationCause.HolderApplication, ByAgent),
            new AgentCaseEnded(Case, AgentCaseEnd.UsedUp));
    }

    [Fact]
    public void A_recording_error_is_nobodys_application_and_uses_up_no_case()
    {
        var answered = Holder().AgentAsked(new AgentErrand.Revoke([Signature])).LetterSent().Answered()
            .Done(new ProposeException(new ProposedException.ExOfficioRevocation([Signature], ExOfficioReason.RecordingError)), Earlier);

        answered.By(People.Supervisor).When(new ConfirmProposal(Earlier))
            .Then(new ProposalConfirmed(Earlier), new CertificateRevoked(Serial(2), Signature, RevocationCause.RecordingError));
    }

    [Fact]
    public void A_refused_procedure_leaves_the_case_to_be_used()
    {
        var answered = Holder().AgentAsked(_issue).LetterSent().Answered();

        answered.When(Apply(Signature) with { Identified = ByAgent, Presented = Cards.WithoutPin }).ThenRefused("PinNotVerified");
        answered.Done(Apply(Signature) with { Identified = ByAgent });
    }

    [Theory]
    [InlineData("2026-07-01T16:29+09:00", null)]
    [InlineData("2026-07-02T08:30+09:00", "AgentCaseExpired")]
    public void The_last_of_thirty_days_is_still_in_time(string at, string? refusal)
    {
        var answered = Holder().AgentAsked(_issue).LetterSent().Answered().At(at);
        var waiting = Holder().AgentAsked(_issue).LetterSent().At(at);

        if (refusal is null)
        {
            answered.Done(Apply(Signature) with { Identified = ByAgent });
            waiting.Done(SealedReply);
        }
        else
        {
            answered.When(Apply(Signature) with { Identified = ByAgent }).ThenRefused(refusal);
            waiting.When(SealedReply).ThenRefused(refusal);
        }
    }

    [Fact]
    public void The_nightly_job_ends_what_is_past_its_day()
    {
        var late = Holder().AgentAsked(_issue).At("2026-07-02T02:00+09:00").By(People.BackOffice);

        late.When(new ExpireAgentCase(Case)).Then(new AgentCaseEnded(Case, AgentCaseEnd.Expired))
            .When(new ExpireAgentCase(Case)).ThenRefused("NoSuchAgentCase");
    }

    [Fact]
    public void Before_the_nightly_job_came_a_new_case_may_be_opened()
    {
        var late = Holder().AgentAsked(_issue).At("2026-07-02T09:00+09:00");

        late.When(Open(_issue)).Then(
            new AgentCaseEnded(Case, AgentCaseEnd.Expired),
            new AgentCaseOpened(This, _issue, People.Day("2026-08-01"), IdentityDocument.DrivingLicence));
    }

    [Fact]
    public void A_withdrawn_case_serves_for_nothing()
    {
        var closed = Holder().AgentAsked(_issue).LetterSent().Answered().When(new CloseAgentCase(Case)).Then(new AgentCaseEnded(Case, AgentCaseEnd.Withdrawn));

        closed.When(Apply(Signature) with { Identified = ByAgent }).ThenRefused("NoSuchAgentCase");
        closed.When(new SendInquiryLetter(Case)).ThenRefused("NoSuchAgentCase");
        closed.When(SealedReply).ThenRefused("NoSuchAgentCase");
        closed.When(new CloseAgentCase(Case)).ThenRefused("NoSuchAgentCase");
    }

    [Fact]
    public void A_change_of_address_voids_the_case_and_of_the_name_does_not()
    {
        var day = People.Day("2026-06-01");
        var sent = Holder(Signature).AgentAsked(new AgentErrand.Issue([Authentication])).LetterSent().By(People.Registry);

        sent.When(new ChangeAttributes(People.HanakoMoved, day)).Then(
            new FourAttributesChanged(People.HanakoMoved, [AttributeKind.Address], day),
            new AgentCaseEnded(Case, AgentCaseEnd.AddressChanged));
        sent.When(new ChangeAttributes(People.Hanako with { Name = "東部花子" }, day))
            .Then(new FourAttributesChanged(People.Hanako with { Name = "東部花子" }, [AttributeKind.Name], day));
    }

    [Fact]
    public void So_does_a_corrected_address()
    {
        var day = People.Day("2026-05-20");
        var sent = Holder(Signature).AgentAsked(new AgentErrand.Issue([Authentication])).By(People.Registry);

        sent.When(new CorrectAttributes(People.HanakoMoved, day)).Then(
            new FourAttributesCorrected(People.HanakoMoved, [AttributeKind.Address], day),
            new AgentCaseEnded(Case, AgentCaseEnd.AddressChanged));
    }

    [Fact]
    [Trait("Rule", "S23")]
    public void Of_who_is_no_longer_registered_no_case_is_left_open()
    {
        var gone = Registered().AgentAsked(new AgentErrand.ReceiveCard()).LetterSent().By(People.Registry)
            .When(new RemoveResident(RemovalCause.Death, People.Day("2024-07-01")))
            .Then(new ResidentRemoved(RemovalCause.Death, People.Day("2024-07-01"), ContinuedUse: false), new AgentCaseEnded(Case, AgentCaseEnd.HolderRemoved));

        gone.By(People.Clerk).When(SealedReply).ThenRefused("NoLongerRegistered");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_reply_without_consent_or_with_a_broken_seal_is_not_taken(bool consent, bool seal) =>
        Holder().AgentAsked(_issue).LetterSent().When(SealedReply with { ConsentSigned = consent, SealUnbroken = seal }).ThenRefused("ReplyNotInOrder");

    [Fact]
    public void Another_case_is_no_case()
    {
        var agent = ByAgent with { Applicant = new Applicant.AppointedAgent(Id(77)) };

        Holder().AgentAsked(_issue).LetterSent().Answered().When(Apply(Signature) with { Identified = agent }).ThenRefused("NoSuchAgentCase");
        Holder().AgentAsked(_issue).LetterSent().When(SealedReply with { Case = Id(77) }).ThenRefused("NoSuchAgentCase");
        Holder().AgentAsked(_issue).When(new SendInquiryLetter(Id(77))).ThenRefused("NoSuchAgentCase");
    }

    [Fact]
    public void An_agent_does_exactly_what_was_agreed_to()
    {
        var both = Holder().AgentAsked(new AgentErrand.Issue([Signature, Authentication])).LetterSent().Answered();

        both.When(Apply(Signature) with { Identified = ByAgent }).ThenRefused("AnotherErrand");
        both.When(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], ByAgent)).ThenRefused("AnotherErrand");
        both.When(new RevokeCertificates([Signature, Authentication], RevocationCause.HolderApplication, ByAgent)).ThenRefused("AnotherErrand");
        both.Done(Apply(Authentication, Signature) with { Identified = ByAgent });
    }

    [Fact]
    public void An_errand_says_what_is_to_be_done()
    {
        Holder().When(Open(new AgentErrand.Issue([]))).ThenRefused("NoKindChosen");
        Holder().When(Open(new AgentErrand.Revoke([Signature, Signature]))).ThenRefused("NoKindChosen");
        Holder().When(Open(new AgentErrand.ResetPins([]))).ThenRefused("NoPinChosen");
    }

    [Fact]
    [Trait("Rule", "S15")]
    public void Both_visits_keep_the_counters_hours()
    {
        Holder().At("2026-06-06T10:00+09:00").When(Open(_issue)).ThenRefused("OutsideReceptionHours");
        Holder().AgentAsked(_issue).LetterSent().At("2026-06-06T10:00+09:00").When(SealedReply).ThenRefused("OutsideReceptionHours");
    }

    private static OpenAgentCase Open(AgentErrand errand) => new(errand, IdentityDocument.DrivingLicence);
}
