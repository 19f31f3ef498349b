using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>国外継続利用: the card goes abroad with its holder, by the national rules.</summary>
[Trait("Rule", "S23")]
public sealed class OverseasSpecs
{
    [Fact]
    public void Departed_already_only_the_signature_certificate_ends() =>
        National().By(People.Registry)
            .When(Depart("2026-05-20"))
            .Then(Removed("2026-05-20"), SignatureRevoked(2));

    [Fact]
    public void Announced_nothing_ends_until_the_day_has_come()
    {
        var announced = National().By(People.Registry).When(Depart("2026-07-01")).Then(new DepartureAnnounced(People.Day("2026-07-01")));

        announced.By(People.Clerk).At("2026-06-30T10:00+09:00").Done(new RecordCardFaceUpdate(Cards.InReader, People.Hanako))
            .By(People.BackOffice).At("2026-06-30T23:59+09:00").When(new CompleteDeparture()).ThenRefused("NoDepartureDue")
            .At("2026-07-01T00:00+09:00").When(new CompleteDeparture()).Then(Removed("2026-07-01"), SignatureRevoked(2))
            .When(new CompleteDeparture()).ThenRefused("NoDepartureDue");
    }

    [Fact]
    public void On_the_day_the_counter_is_closed_to_who_departed_though_the_nightly_job_has_not_come()
    {
        var departed = National().Departing("2026-07-01").At("2026-07-01T09:00+09:00");

        departed.When(Apply(Signature)).ThenRefused("NoLongerRegistered");
        departed.By(People.Registry).When(Depart("2026-07-01")).Then(Removed("2026-07-01"), SignatureRevoked(2));
    }

    [Fact]
    public void Another_day_of_departure_takes_the_place_of_the_first() =>
        National().Departing("2026-07-01").By(People.Registry)
            .When(Depart("2026-08-01")).Then(new DepartureAnnounced(People.Day("2026-08-01")))
            .At("2026-07-01T00:00+09:00").By(People.BackOffice).When(new CompleteDeparture()).ThenRefused("NoDepartureDue");

    [Fact]
    public void A_departure_that_does_not_happen_is_corrected() =>
        National().Departing("2026-07-01").By(People.Registry)
            .When(new CorrectRemoval()).Then(new RemovalCorrected())
            .At("2026-07-01T09:00+09:00").By(People.Clerk).Done(new RecordCardFaceUpdate(Cards.InReader, People.Hanako));

    [Fact]
    [Trait("Rule", "S17")]
    public void What_is_not_on_the_card_by_then_stays_behind() =>
        Holder().Applied(Authentication).Issued(Authentication).Under(RuleSet.National2026).Departing("2026-07-01")
            .At("2026-07-01T00:00+09:00").By(People.BackOffice)
            .When(new CompleteDeparture())
            .Then(
                Removed("2026-07-01"),
                SignatureRevoked(2),
                new CertificateRevoked(Serial(3), Authentication, RevocationCause.MovedOverseas),
                new FeeRefunded(Earlier, 200),
                new ApplicationAbandoned(Earlier));

    [Fact]
    public void By_the_citys_page_there_is_no_continued_use()
    {
        Holder().By(People.Registry).When(Depart("2026-05-20")).Then(EverythingEnded("2026-05-20"));
        Holder().By(People.Registry).When(Depart("2026-07-01")).ThenRefused("NotInThePast");
    }

    [Theory]
    [InlineData("2024-05-26", false)]
    [InlineData("2024-05-27", true)]
    public void It_began_on_27_May_2024(string departed, bool continued)
    {
        var scene = National().By(People.Registry).When(Depart(departed));

        if (continued)
            scene.Then(Removed(departed), SignatureRevoked(2));
        else
            scene.Then(EverythingEnded(departed));
    }

    [Fact]
    public void Who_did_not_ask_for_it_or_has_no_card_to_use_leaves_all_behind()
    {
        National().By(People.Registry).When(Depart("2026-05-20") with { ContinuedUse = false }).Then(EverythingEnded("2026-05-20"));
        National().By(People.Registry).When(Depart("2034-10-06")).ThenRefused("NotInThePast");
        National().Departing("2026-07-01").CardGone(CardEndCause.Lost).At("2026-07-01T00:00+09:00").By(People.BackOffice)
            .When(new CompleteDeparture())
            .Then(Removed("2026-07-01") with { ContinuedUse = false });
    }

    [Fact]
    public void Moving_within_Japan_continues_nothing() =>
        National().By(People.Registry)
            .When(Depart("2026-07-01") with { Cause = RemovalCause.MovedOut })
            .ThenRefused("NotInThePast");

    [Fact]
    [Trait("Rule", "S30")]
    public void From_abroad_the_card_can_be_held_revoked_and_ended_but_nothing_new_made()
    {
        var abroad = Abroad();

        abroad.By(People.CallCentre).When(new SuspendCertificates()).Then(new CertificateSuspended(Serial(1), Authentication, HoldCause.LossReported));
        abroad.By(People.Clerk).Done(new RevokeCertificates([Authentication], RevocationCause.KeyLeaked, People.ByLicence));
        abroad.By(People.Clerk).Done(new EndCard(CardEndCause.Returned));
        abroad.By(People.Clerk).When(Apply(Authentication)).ThenRefused("NoLongerRegistered");
        abroad.Lost().When(new ReleaseCertificates(Cards.InReader, People.ByCard)).ThenRefused("NoLongerRegistered");
    }

    [Fact]
    public void A_death_abroad_ends_what_was_kept()
    {
        Abroad().By(People.Registry)
            .When(new RemoveResident(RemovalCause.Death, People.Day("2026-06-01")))
            .Then(
                new ResidentRemoved(RemovalCause.Death, People.Day("2026-06-01"), ContinuedUse: false),
                new CertificateRevoked(Serial(1), Authentication, RevocationCause.Death),
                new CardEnded(Cards.Own, CardEndCause.Lapsed));
        Abroad().By(People.Registry).When(Depart("2026-06-01")).ThenRefused("AlreadyRemoved");
    }

    [Fact]
    [Trait("Rule", "S25")]
    public void Who_comes_home_with_the_card_updates_its_face_and_applies()
    {
        var home = Abroad().Done(People.Registry, new RegisterResident(People.HanakoMoved, People.Day("2026-06-01")));

        Assert.True(home.Certificate(1).IsActive);
        home.When(Apply(Signature)).ThenRefused("CardFaceNotCurrent").FaceUpdated().Done(Apply(Signature));
    }

    [Fact]
    public void The_view_shows_an_announced_departure_and_one_that_happened()
    {
        Assert.Equal(new RemovalView(RemovalCause.MovedOverseas, People.Day("2026-07-01"), ContinuedUse: true), Removal(National().Departing("2026-07-01")));
        Assert.Equal(new RemovalView(RemovalCause.MovedOverseas, People.Day("2026-05-20"), ContinuedUse: true), Removal(Abroad()));
    }

    private static Scene National() => Holder().Under(RuleSet.National2026);

    private static Scene Abroad() => National().Departing("2026-05-20");

    private static RemovalView? Removal(Scene scene) => ResidentView.Of(HanakosId, scene.History, scene.Instant, withAttributes: false)!.Removal;

    private static ResidentRemoved Removed(string day) => new(RemovalCause.MovedOverseas, People.Day(day), ContinuedUse: true);

    private static CertificateRevoked SignatureRevoked(int n) => new(Serial(n), Signature, RevocationCause.MovedOverseas);

    private static ResidentEvent[] EverythingEnded(string day) =>
    [
        Removed(day) with { ContinuedUse = false },
        new CertificateRevoked(Serial(1), Authentication, RevocationCause.MovedOverseas),
        SignatureRevoked(2),
        new CardEnded(Cards.Own, CardEndCause.Lapsed),
    ];
}
