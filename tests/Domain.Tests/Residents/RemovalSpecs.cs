using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>住民票の消除, 再転入 and 消除の訂正</summary>
[Trait("Rule", "S23")]
public sealed class RemovalSpecs
{
    private static readonly DateOnly _day = People.Day("2026-05-20");

    public static TheoryData<string> CounterCommands =>
        [.. Samples.Commands.Where(each => each is not RequestCertificate && Permissions.For(each).Contains(Role.Supervisor)).Select(each => each.Name())];

    [Theory]
    [InlineData(RemovalCause.Death, RevocationCause.Death)]
    [InlineData(RemovalCause.MovedOut, RevocationCause.MovedOut)]
    [InlineData(RemovalCause.MovedOverseas, RevocationCause.MovedOverseas)]
    [InlineData(RemovalCause.RemovedExOfficio, RevocationCause.RemovedExOfficio)]
    public void It_ends_both_certificates_and_the_card(RemovalCause cause, RevocationCause revocation)
    {
        Holder().By(People.Registry)
            .When(new RemoveResident(cause, _day))
            .Then(
                new ResidentRemoved(cause, _day, ContinuedUse: false),
                new CertificateRevoked(Serial(1), Authentication, revocation),
                new CertificateRevoked(Serial(2), Signature, revocation),
                new CardEnded(Cards.Own, CardEndCause.Lapsed));

        Assert.Equal(RevocationReason.CessationOfOperation, RevocationReasons.Of(revocation));
    }

    [Fact]
    public void What_is_on_hold_ends_too_and_what_has_expired_does_not()
    {
        Holder(Signature).Lost().By(People.Registry).When(Remove()).Then(Removed(), Revoked(1, Authentication), Lapsed());
        Holder().At("2028-10-06T00:00+09:00").By(People.Registry).When(Remove()).Then(Removed(), Lapsed());
    }

    [Fact]
    public void Without_a_card_there_is_only_the_removal() => Registered().By(People.Registry).When(Remove("2024-07-01")).Then(Removed("2024-07-01"));

    [Fact]
    [Trait("Rule", "S17")]
    public void An_application_under_way_is_given_up_and_its_fee_goes_back() =>
        Holder().Applied(Signature).Issued(Signature).By(People.Registry)
            .When(Remove())
            .Then(
                Removed(),
                Revoked(1, Authentication),
                Revoked(2, Signature),
                Revoked(3, Signature),
                new FeeRefunded(Earlier, 200),
                new ApplicationAbandoned(Earlier),
                Lapsed());

    [Theory]
    [MemberData(nameof(CounterCommands))]
    public void The_counter_serves_the_resident_no_more(string name) =>
        Holder().Gone(RemovalCause.MovedOut).By(People.Supervisor)
            .When(Samples.Commands.Single(each => each.Name() == name))
            .ThenRefused("NoLongerRegistered");

    [Fact]
    public void Nor_do_call_centre_registry_and_nightly_job_find_anything_to_do()
    {
        var gone = Holder().Gone(RemovalCause.MovedOut);

        gone.By(People.CallCentre).When(new SuspendCertificates()).ThenRefused("NoLongerRegistered");
        gone.By(People.Registry).When(new ChangeAttributes(People.HanakoMoved, People.Day("2026-06-01"))).ThenRefused("NoLongerRegistered");
        gone.By(People.BackOffice).When(new EndCard(CardEndCause.Expired)).ThenRefused("NoLongerRegistered");
    }

    [Fact]
    public void It_does_not_lie_in_the_future()
    {
        Holder().By(People.Registry).When(Remove("2026-06-01")).Then(Removed("2026-06-01"), Revoked(1, Authentication), Revoked(2, Signature), Lapsed());
        Holder().By(People.Registry).When(Remove("2026-06-02")).ThenRefused("NotInThePast");
    }

    [Theory]
    [InlineData(RemovalCause.MovedOut)]
    [InlineData(RemovalCause.MovedOverseas)]
    [InlineData(RemovalCause.RemovedExOfficio)]
    public void Who_comes_back_is_registered_again_and_needs_a_new_card(RemovalCause cause)
    {
        var back = Holder().Gone(cause).At("2026-09-01T09:00+09:00").By(People.Registry)
            .When(new RegisterResident(People.HanakoMoved, People.Day("2026-08-20")))
            .Then(new ResidentReturned(People.HanakoMoved, People.Day("2026-08-20")))
            .By(People.Clerk);

        Assert.Equal(People.HanakoMoved, back.Registered().Attributes);
        Assert.All(back.Registered().Certificates, each => Assert.True(each.IsRevoked));
        back.When(Apply(Signature)).ThenRefused("CardHasEnded");
        back.Done(new HandOverCard(Cards.OfAnother, [], People.ByLicence));
    }

    [Fact]
    public void Nobody_comes_back_before_having_gone_or_from_tomorrow_on()
    {
        var gone = Holder().Gone(RemovalCause.MovedOut).At("2026-09-01T09:00+09:00").By(People.Registry);

        gone.When(new RegisterResident(People.Hanako, People.Day("2026-05-31"))).ThenRefused("ReturnBeforeRemoval");
        gone.When(new RegisterResident(People.Hanako, People.Day("2026-09-02"))).ThenRefused("NotInThePast");
        gone.Done(new RegisterResident(People.Hanako, People.Day("2026-06-01")));
    }

    [Fact]
    public void The_dead_are_not_registered_again() =>
        Holder().Gone(RemovalCause.Death).By(People.Registry)
            .When(new RegisterResident(People.Hanako, People.Day("2026-06-01")))
            .ThenRefused("DeathRecorded");

    [Fact]
    public void A_death_told_by_mistake_is_corrected_and_nothing_revoked_comes_back()
    {
        var corrected = Holder().Gone(RemovalCause.Death).By(People.Registry).When(new CorrectRemoval()).Then(new RemovalCorrected()).By(People.Clerk);

        Assert.Equal(Residence.Here.Instance, corrected.Registered().Residence);
        Assert.True(corrected.Certificate(1).IsRevoked && corrected.Certificate(2).IsRevoked);
        corrected.When(new HandOverCard(Cards.WithoutPin, [], People.ByLicence)).ThenRefused("CardHasEnded");
        corrected.Done(new HandOverCard(Cards.OfAnother, [], People.ByLicence));
    }

    [Fact]
    public void It_is_corrected_once()
    {
        var corrected = Holder().Gone(RemovalCause.Death).By(People.Registry).Done(new CorrectRemoval());

        corrected.When(new CorrectRemoval()).ThenRefused("NotRemoved");
        corrected.Done(Remove());
    }

    [Fact]
    public void The_view_shows_removal_and_card()
    {
        var view = View(Holder().Gone(RemovalCause.MovedOut))!;

        Assert.Equal(new RemovalView(RemovalCause.MovedOut, People.Day("2026-06-01"), ContinuedUse: false), view.Removal);
        Assert.Equal(CardEndCause.Lapsed, view.CardEnded);
        Assert.Null(view.Card);
        Assert.Null(View(Holder())!.Removal);
        Assert.Null(View(Holder())!.CardEnded);
    }

    private static ResidentView? View(Scene scene) => ResidentView.Of(HanakosId, scene.History, scene.Instant, withAttributes: false);

    private static RemoveResident Remove(string day = "2026-05-20") => new(RemovalCause.MovedOut, People.Day(day));

    private static ResidentRemoved Removed(string day = "2026-05-20") => new(RemovalCause.MovedOut, People.Day(day), ContinuedUse: false);

    private static CertificateRevoked Revoked(int n, CertificateKind kind) => new(Serial(n), kind, RevocationCause.MovedOut);

    private static CardEnded Lapsed() => new(Cards.Own, CardEndCause.Lapsed);
}
