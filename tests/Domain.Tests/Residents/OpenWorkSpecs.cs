using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>未了の事務: what waits for whom, and until when.</summary>
public sealed class OpenWorkSpecs
{
    private static readonly WorkItem CardEnds = new(WorkKind.CardExpiry, null, Cards.LastDay, Cards.Own.ToString());

    [Fact]
    public void Of_who_has_no_card_nothing_is_open()
    {
        Assert.True(Of(Registered()).IsEmpty);
        Assert.True(Of(Given()).IsEmpty);
    }

    [Fact]
    [Trait("Rule", "S10")]
    public void A_holder_waits_for_nothing_but_the_days_of_card_and_certificates()
    {
        var work = Of(Holder());

        Assert.Equal([CardEnds], work.Items);
        Assert.Equal([new CertificateEnd(Signature, HandOverEnds), new CertificateEnd(Authentication, HandOverEnds)], work.CertificateEnds);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public void An_application_is_due_two_weeks_after_its_day_and_leaves_with_the_last_confirmation()
    {
        var applied = Holder().Applied(Signature);

        Assert.Equal(new WorkItem(WorkKind.Application, People.Day("2026-06-01"), People.Day("2026-06-15"), Earlier.ToString()), Of(applied).Items[0]);
        Assert.Equal([CardEnds], Of(applied.PutOnCard()).Items);
    }

    [Fact]
    [Trait("Rule", "S27")]
    public void A_PIN_reset_is_due_on_the_day_itself()
    {
        var approved = Holder().Done(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard), Id(30));

        Assert.Equal(new WorkItem(WorkKind.PinReset, People.Day("2026-06-01"), People.Day("2026-06-01"), Id(30).ToString()), Of(approved).Items[0]);
        Assert.Equal([CardEnds], Of(approved.Done(new ConfirmPinReset(Id(30), Cards.Own))).Items);
    }

    [Fact]
    [Trait("Rule", "S15")]
    public void A_proposal_waits_for_its_second_officer_for_fourteen_days()
    {
        var proposed = Holder().Done(
            new ProposeException(new ProposedException.ReceptionHours(People.Day("2026-06-06"), HoursReason.Hardship)), Earlier);

        Assert.Equal(new WorkItem(WorkKind.Proposal, People.Day("2026-06-01"), People.Day("2026-06-15"), Earlier.ToString()), Of(proposed).Items[0]);
        Assert.Equal([CardEnds], Of(proposed.Done(People.Supervisor, new ConfirmProposal(Earlier))).Items);
    }

    [Fact]
    [Trait("Rule", "S22")]
    public void An_agent_case_waits_until_its_day_and_the_night_after_ends_it()
    {
        var asked = Holder().AgentAsked(new AgentErrand.Release());
        var item = Of(asked).Items[0];

        Assert.Equal(new WorkItem(WorkKind.AgentCase, People.Day("2026-06-01"), People.Day("2026-07-01"), Case.ToString()), item);
        Later(asked.By(People.BackOffice), item.DueOn.AddDays(1)).Done(NightlyJobs.EndingOf(item)!);
    }

    [Fact]
    public void What_is_due_first_stands_first()
    {
        var much = Holder().Applied(Signature).Done(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard), Id(30));

        Assert.Equal([WorkKind.PinReset, WorkKind.Application, WorkKind.CardExpiry], Of(much).Items.Select(each => each.Kind));
    }

    [Fact]
    [Trait("Rule", "S6")]
    public void A_revoked_certificate_has_no_end_to_be_told_of() =>
        Assert.Equal([new CertificateEnd(Authentication, HandOverEnds)], Of(Holder().Moved()).CertificateEnds);

    [Fact]
    public void Events_that_leave_it_as_it_was_say_so()
    {
        var (before, after) = (Holder(), Holder().Moved());
        var (said, provenance) = (new CardFaceUpdated(Cards.Own), before.Circumstances(This).ToProvenance("sample"));

        Assert.Null(OpenWork.ChangedBy(HanakosId, after.State, [said], provenance));
        Assert.NotNull(OpenWork.ChangedBy(
            HanakosId, before.State, [new CertificateRevoked(Serial(2), Signature, RevocationCause.KeyLeaked)], provenance));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public void The_night_after_its_last_day_ends_what_can_end_by_itself()
    {
        Assert.IsType<LapseProposal>(NightlyJobs.EndingOf(new(WorkKind.Proposal, null, default, Earlier.ToString())));
        Assert.Equal(new EndCard(CardEndCause.Expired), NightlyJobs.EndingOf(CardEnds));
        Assert.Null(NightlyJobs.EndingOf(new(WorkKind.PinReset, null, default, Earlier.ToString())));

        foreach (var item in Of(Holder().Applied(Signature)).Items)
        {
            var command = NightlyJobs.EndingOf(item)!;
            var scene = Holder().Applied(Signature).By(People.BackOffice);
            Assert.IsType<Decision.Refused>(Later(scene, item.DueOn).When(command).Decision);
            Assert.IsType<Decision.Accepted>(Later(scene, item.DueOn.AddDays(1)).When(command).Decision);
        }
    }

    [Fact]
    public void The_same_night_sends_the_same_ids_and_the_next_one_others()
    {
        var command = new EndCard(CardEndCause.Expired);

        Assert.Equal(NightlyJobs.IdOf(command, Cards.LastDay, HanakosId, CardEnds), NightlyJobs.IdOf(command, Cards.LastDay, HanakosId, CardEnds));
        Assert.NotEqual(
            NightlyJobs.IdOf(command, Cards.LastDay, HanakosId, CardEnds), NightlyJobs.IdOf(command, Cards.LastDay.AddDays(1), HanakosId, CardEnds));
    }

    [Theory]
    [Trait("Rule", "S10")]
    [InlineData("2028-10-05", "2028-07-06")]
    [InlineData("2028-05-31", "2028-03-01")]
    [InlineData("2027-05-31", "2027-03-01")]
    [InlineData("2028-02-29", "2027-11-30")]
    public void A_notice_is_due_as_the_last_three_months_begin(string lastDay, string due)
    {
        var (last, first) = (People.Day(lastDay), People.Day(due));

        Assert.Equal(first, RenewalNotice.DueOn(last));
        Assert.InRange(last, first, RenewalNotice.HorizonOf(first));
    }

    private static Scene Later(Scene scene, DateOnly day) => scene with { Instant = Jst.At(day, new TimeOnly(3, 0)) };

    private static OpenWork Of(Scene scene) => OpenWork.Of(HanakosId, scene.State);
}
