using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>二人の目: what one officer alone may not do.</summary>
public sealed class ProposalSpecs
{
    private const string TooLate = "2026-06-01T16:40+09:00";

    private static readonly Actor OtherSupervisor = People.Supervisor with { Subject = "supervisor-2" };

    private static readonly ProposedException Mistake = new ProposedException.ExOfficioRevocation([Signature], ExOfficioReason.IssuedByMistake);

    private static readonly ProposedException Today = new ProposedException.ReceptionHours(People.Day("2026-06-01"), HoursReason.CameInTime);

    [Fact]
    public void A_proposal_changes_nothing_by_itself()
    {
        var proposed = Holder().When(new ProposeException(Mistake)).Then(new ProposalMade(This, Mistake));

        Assert.True(proposed.Certificate(2).IsActive);
        Assert.Equal(People.Clerk.Subject, Assert.Single(proposed.Registered().Supervision.Proposals).By);
    }

    [Fact]
    public void A_supervisor_confirms_and_the_certificates_end_with_it() =>
        Proposed(Mistake).By(People.Supervisor).When(new ConfirmProposal(Earlier)).Then(
            new ProposalConfirmed(Earlier), new CertificateRevoked(Serial(2), Signature, RevocationCause.RecordingError));

    [Fact]
    [Trait("Rule", "S6")]
    public void One_certificate_can_be_named_and_a_leaked_key_is_told_as_such()
    {
        var weak = new ProposedException.ExOfficioRevocationBySerial(Serial(1), ExOfficioReason.KeyLeaked);

        Proposed(weak).By(People.Supervisor).When(new ConfirmProposal(Earlier)).Then(
            new ProposalConfirmed(Earlier), new CertificateRevoked(Serial(1), Authentication, RevocationCause.KeyLeaked));
        Holder().When(new ProposeException(weak with { Serial = Serial(77) })).ThenRefused("UnknownCertificate");
        Proposed(weak).Done(People.Supervisor, new ConfirmProposal(Earlier)).When(new ProposeException(weak)).ThenRefused("NothingToRevoke");
    }

    [Fact]
    public void A_confirmed_proposal_is_used_up() =>
        Proposed(Mistake).By(People.Supervisor).Done(new ConfirmProposal(Earlier))
            .When(new ConfirmProposal(Earlier)).ThenRefused("NoSuchProposal");

    [Fact]
    public void Nobody_confirms_what_they_proposed()
    {
        var own = Holder().By(People.Supervisor).Done(new ProposeException(Mistake), Earlier);

        own.When(new ConfirmProposal(Earlier)).ThenRefused("SecondOfficerNeeded");
        own.By(OtherSupervisor).Done(new ConfirmProposal(Earlier));
    }

    [Fact]
    public void A_second_clerk_is_not_enough() =>
        Proposed(Mistake).By(People.Clerk with { Subject = "clerk-2" }).When(new ConfirmProposal(Earlier)).ThenRefused("RoleMayNot");

    [Fact]
    public void What_ended_meanwhile_is_not_ended_again() =>
        Proposed(Mistake).Done(new RevokeCertificates([Signature], RevocationCause.HolderApplication, People.ByLicence))
            .By(People.Supervisor).When(new ConfirmProposal(Earlier)).ThenRefused("NothingToRevoke");

    [Fact]
    [Trait("Rule", "S15")]
    public void Two_officers_open_the_counter_to_one_resident_for_the_day()
    {
        var late = Holder().At(TooLate);
        late.When(Apply(Signature)).ThenRefused("OutsideReceptionHours");

        var opened = late.Done(new ProposeException(Today), Earlier).Done(People.Supervisor, new ConfirmProposal(Earlier));

        opened.Done(Apply(Signature));
        opened.At("2026-06-01T22:00+09:00").Done(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard));
        opened.At("2026-06-02T07:00+09:00").When(Apply(Signature)).ThenRefused("OutsideReceptionHours");
        opened.By(People.ClerkOfAnUnlistedOffice).When(Apply(Signature)).ThenRefused("UnknownOffice");
    }

    [Fact]
    [Trait("Rule", "S15")]
    public void A_proposal_alone_opens_nothing() =>
        Holder().At(TooLate).Done(new ProposeException(Today), Earlier).When(Apply(Signature)).ThenRefused("OutsideReceptionHours");

    [Fact]
    [Trait("Rule", "S15")]
    public void A_Saturday_can_be_opened_beforehand()
    {
        var saturday = new ProposedException.ReceptionHours(People.Day("2026-06-06"), HoursReason.ExtraCounter);

        var agreed = Proposed(saturday).Done(People.Supervisor, new ConfirmProposal(Earlier));

        agreed.At("2026-06-06T10:00+09:00").Done(Apply(Signature));
    }

    [Fact]
    [Trait("Rule", "S15")]
    public void A_day_that_is_over_can_not_be_opened()
    {
        Holder().At("2026-06-02T09:00+09:00").When(new ProposeException(Today)).ThenRefused("ExceptionInThePast");
        Proposed(Today).At("2026-06-02T09:00+09:00").By(People.Supervisor).When(new ConfirmProposal(Earlier)).ThenRefused("ExceptionInThePast");
    }

    [Fact]
    public void Who_proposed_takes_it_back_and_a_supervisor_turns_it_down()
    {
        var proposed = Proposed(Mistake);

        proposed.When(new WithdrawProposal(Earlier)).Then(new ProposalWithdrawn(Earlier));
        proposed.By(People.Supervisor).When(new WithdrawProposal(Earlier)).Then(new ProposalWithdrawn(Earlier));
        proposed.By(People.Clerk with { Subject = "clerk-2" }).When(new WithdrawProposal(Earlier)).ThenRefused("ProposalOfAnother");
        proposed.Done(new WithdrawProposal(Earlier)).By(People.Supervisor).When(new ConfirmProposal(Earlier)).ThenRefused("NoSuchProposal");
    }

    [Theory]
    [InlineData("2026-06-15T23:59:59+09:00", true)]
    [InlineData("2026-06-16T00:00+09:00", false)]
    public void It_can_be_confirmed_for_fourteen_days_and_lapses_then(string instant, bool inTime)
    {
        var later = Proposed(Mistake).At(instant);

        if (inTime)
        {
            later.By(People.Supervisor).Done(new ConfirmProposal(Earlier));
            later.By(People.BackOffice).When(new LapseProposal(Earlier)).ThenRefused("ProposalStillOpen");
        }
        else
        {
            later.By(People.Supervisor).When(new ConfirmProposal(Earlier)).ThenRefused("ProposalTooOld");
            later.By(People.BackOffice).When(new LapseProposal(Earlier)).Then(new ProposalLapsed(Earlier));
        }
    }

    [Fact]
    public void A_proposal_is_made_at_an_office_about_what_there_is()
    {
        Holder().By(People.ClerkOfAnUnlistedOffice).When(new ProposeException(Mistake)).ThenRefused("UnknownOffice");
        Holder(Signature).When(new ProposeException(Mistake)).ThenRefused("NothingToRevoke");
        Holder().When(new ProposeException(new ProposedException.ExOfficioRevocation([], ExOfficioReason.RecordingError))).ThenRefused("NoKindChosen");
        Holder().When(new ProposeException(new ProposedException.ExOfficioRevocation([Signature, Signature], ExOfficioReason.RecordingError)))
            .ThenRefused("NoKindChosen");
    }

    [Fact]
    public void A_proposal_about_who_left_lapses_by_itself()
    {
        var gone = Proposed(Today).Gone(RemovalCause.MovedOut);

        gone.When(new ProposeException(Today)).ThenRefused("NoLongerRegistered");
        gone.At("2026-06-16T03:00+09:00").By(People.BackOffice).When(new LapseProposal(Earlier)).Then(new ProposalLapsed(Earlier));
    }

    private static Scene Proposed(ProposedException what) => Holder().Done(new ProposeException(what), Earlier);
}
