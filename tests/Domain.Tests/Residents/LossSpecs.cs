using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>一時停止 and 解除: a card is lost and found.</summary>
public sealed class LossSpecs
{
    [Theory]
    [InlineData("2026-06-01T09:00+09:00")]
    [InlineData("2027-01-01T03:00+09:00")]
    [Trait("Rule", "S30")]
    public void The_call_centre_suspends_both_at_any_hour(string at) =>
        Holder().At(at).By(People.CallCentre)
            .When(new SuspendCertificates())
            .Then(Suspended(1, Authentication), Suspended(2, Signature));

    [Theory]
    [InlineData(Role.Clerk)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Auditor)]
    [Trait("Rule", "S30")]
    public void At_the_city_hall_it_is_refused_with_the_three_numbers(Role role)
    {
        var outcome = Holder().By(People.Clerk with { Role = role }).When(new SuspendCertificates());

        outcome.ThenRefused("SuspensionOnlyByCallCentre");
        var refusal = ((Decision.Refused)outcome.Decision).Refusal;
        Assert.All(["0120-95-0178", "0570-783-578", "050-3818-1250"], number =>
        {
            Assert.Contains(number, refusal.Japanese, StringComparison.Ordinal);
            Assert.Contains(number, refusal.English, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Trait("Rule", "S30")]
    public void By_the_national_rules_the_signature_certificate_ends_with_the_call() =>
        Holder().By(People.CallCentre).Under(RuleSet.National2026)
            .When(new SuspendCertificates())
            .Then(Suspended(1, Authentication), new CertificateRevoked(Serial(2), Signature, RevocationCause.LossReported));

    [Fact]
    [Trait("Rule", "S30")]
    public void What_is_not_on_the_card_yet_is_held_too() =>
        CardHandedOver().Issued(Authentication).Ordered(Signature).By(People.CallCentre)
            .When(new SuspendCertificates())
            .Then(Suspended(1, Authentication), Suspended(2, Signature));

    [Fact]
    [Trait("Rule", "S30")]
    public void A_second_call_is_told_that_it_is_done() =>
        Holder().Lost().By(People.CallCentre).When(new SuspendCertificates()).ThenRefused("AlreadySuspended");

    [Fact]
    [Trait("Rule", "S30")]
    public void Without_a_living_certificate_there_is_nothing_to_suspend()
    {
        CardHandedOver().By(People.CallCentre).When(new SuspendCertificates()).ThenRefused("NothingToSuspend");
        Holder().At("2028-10-06T00:00+09:00").By(People.CallCentre).When(new SuspendCertificates()).ThenRefused("NothingToSuspend");
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void Found_again_they_are_released_at_the_counter_with_card_and_PIN() =>
        Holder().Lost().By(People.Clerk).When(Release).Then(Released(1, Authentication), Released(2, Signature));

    [Fact]
    [Trait("Rule", "S32")]
    public void A_release_restores_exactly_what_was_found()
    {
        var before = CardHandedOver().Issued(Authentication).Ordered(Signature);

        var after = before.Lost().Found();

        Assert.Equal(before.Registered().Certificates, after.Registered().Certificates);
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void One_confirmed_while_on_hold_stays_on_hold_and_is_active_after_the_release()
    {
        var confirmed = Holder().Applied(Signature).Issued(Signature).Lost()
            .When(Confirm(3))
            .Then(
                new CertificateConfirmed(Serial(3), Signature, Cards.Own),
                new CertificateRevoked(Serial(2), Signature, RevocationCause.Superseded));

        Assert.Equal(new Standing.Active(), Assert.IsType<Standing.OnHold>(confirmed.Certificate(3).Standing).Found);
        confirmed.When(Release).Then(Released(1, Authentication), Released(3, Signature));
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void What_was_revoked_meanwhile_is_not_released() => Holder().Lost().Moved().When(Release).Then(Released(1, Authentication));

    [Fact]
    [Trait("Rule", "S32")]
    public void What_expired_meanwhile_is_not_released() =>
        Holder().Lost().At("2028-10-06T10:00+09:00").When(Release).ThenRefused("NothingOnHold");

    [Theory]
    [InlineData("2026-06-01T17:00+09:00", "OutsideReceptionHours")]
    [InlineData("2026-06-01T09:00+09:00", "PinNotVerified")]
    [Trait("Rule", "S32")]
    public void Nothing_is_released_after_hours_or_without_a_PIN(string at, string refusal) =>
        Holder().Lost().At(at).When(new ReleaseCertificates(Cards.WithoutPin, People.ByLicence)).ThenRefused(refusal);

    private static ReleaseCertificates Release => new(Cards.InReader, People.ByCard);

    private static CertificateSuspended Suspended(int n, CertificateKind kind) => new(Serial(n), kind, HoldCause.LossReported);

    private static CertificateReleased Released(int n, CertificateKind kind) => new(Serial(n), kind, HoldCause.LossReported, People.ByCard);
}
