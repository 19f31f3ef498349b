using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>個人番号カードの廃止, and the card after it.</summary>
[Trait("Rule", "S16")]
public sealed class EndCardSpecs
{
    private static readonly HandOverCard _second = new(
        Cards.WithoutPin with { Serial = Cards.Nth(2), ExpiresOn = People.Day("2044-10-05") }, [], People.ByLicence);

    [Theory]
    [InlineData(CardEndCause.Returned)]
    [InlineData(CardEndCause.Abolished)]
    [InlineData(CardEndCause.Lapsed)]
    [InlineData(CardEndCause.Lost)]
    public void Both_certificates_end_with_it(CardEndCause cause)
    {
        Holder().Lost().By(People.Clerk)
            .When(new EndCard(cause))
            .Then(new CardEnded(Cards.Own, cause), Revoked(1, Authentication), Revoked(2, Signature));

        Assert.Equal(RevocationReason.CessationOfOperation, RevocationReasons.Of(RevocationCause.CardEnded));
    }

    [Fact]
    [Trait("Rule", "S17")]
    public void So_does_an_application_for_it() =>
        Holder().Applied(Signature).Issued(Signature).By(People.Clerk)
            .When(new EndCard(CardEndCause.Returned))
            .Then(
                new CardEnded(Cards.Own, CardEndCause.Returned),
                Revoked(1, Authentication),
                Revoked(2, Signature),
                Revoked(3, Signature),
                new FeeRefunded(Earlier, 200),
                new ApplicationAbandoned(Earlier));

    [Fact]
    [Trait("Rule", "S27")]
    public void So_does_a_PIN_reset_that_was_approved() =>
        Holder().Done(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], People.ByCard), Id(30)).CardGone(CardEndCause.Returned)
            .When(new ConfirmPinReset(Id(30), Cards.Own))
            .ThenRefused("NoPinResetUnderWay");

    [Fact]
    [Trait("Rule", "S15")]
    public void The_counter_ends_it_in_its_hours_and_the_nightly_job_at_night()
    {
        Holder().At("2026-06-01T17:00+09:00").When(new EndCard(CardEndCause.Lost)).ThenRefused("OutsideReceptionHours");
        Holder().At("2034-10-06T00:00+09:00").By(People.BackOffice)
            .When(new EndCard(CardEndCause.Expired))
            .Then(new CardEnded(Cards.Own, CardEndCause.Expired));
    }

    [Fact]
    public void It_expires_the_day_after_its_last_day_and_by_the_nightly_job_only()
    {
        Holder().At("2034-10-05T23:59+09:00").By(People.BackOffice).When(new EndCard(CardEndCause.Expired)).ThenRefused("CardNotExpiredYet");
        Holder().At("2034-10-06T10:00+09:00").By(People.Clerk).When(new EndCard(CardEndCause.Expired)).ThenRefused("RoleMayNot");
    }

    [Fact]
    public void It_ends_once_and_only_where_there_is_one()
    {
        Holder().CardGone(CardEndCause.Lost).When(new EndCard(CardEndCause.Returned)).ThenRefused("CardHasEnded");
        Registered().By(People.Clerk).When(new EndCard(CardEndCause.Returned)).ThenRefused("NoCard");
    }

    [Fact]
    [Trait("Rule", "S4")]
    [Trait("Rule", "S17")]
    public void The_certificates_on_a_second_card_are_charged() =>
        Holder().CardGone(CardEndCause.Lost).By(People.Clerk)
            .When(_second)
            .Then(
                new CardHandedOver(Cards.Nth(2), People.Day("2044-10-05"), [], false),
                Applied("2030-10-05"),
                new FeeCharged(This, 200, "issuance-200", [Authentication, Signature]));

    [Fact]
    [Trait("Rule", "S4")]
    public void They_are_free_after_a_card_that_expired() =>
        Holder().At("2034-10-06T10:00+09:00").CardGone(CardEndCause.Expired).By(People.Clerk)
            .When(_second)
            .Then(new CardHandedOver(Cards.Nth(2), People.Day("2044-10-05"), [], false), Applied("2039-10-05"), AfterExpiry());

    [Fact]
    [Trait("Rule", "S4")]
    public void Though_the_nightly_job_has_not_come_to_it_yet() =>
        Holder().At("2034-10-06T10:00+09:00").By(People.Clerk)
            .When(_second)
            .Then(
                new CardEnded(Cards.Own, CardEndCause.Expired),
                new CardHandedOver(Cards.Nth(2), People.Day("2044-10-05"), [], false),
                Applied("2039-10-05"),
                AfterExpiry());

    [Fact]
    [Trait("Rule", "S18")]
    [Trait("Rule", "S21")]
    public void A_kind_that_a_move_ended_or_that_was_never_held_is_free_on_the_second_card_too() =>
        FeeAfter(Holder(Authentication).Moved().CardGone(CardEndCause.Lost))
            .Is(new FeeWaived(
                This,
                [new Waiver(Authentication, WaiverReason.OneKindAtHandOver), new Waiver(Signature, WaiverReason.RevokedByAttributeChange)]));

    [Fact]
    public void A_card_with_no_certificate_costs_nothing() =>
        Holder().CardGone(CardEndCause.Lost).By(People.Clerk)
            .When(_second with { OptedOut = [Signature, Authentication] })
            .Then(new CardHandedOver(Cards.Nth(2), People.Day("2044-10-05"), [Signature, Authentication], false, _second.Identified));

    [Fact]
    public void A_card_that_ended_is_never_handed_over_again()
    {
        var ended = Holder().CardGone(CardEndCause.Lost).By(People.Clerk);

        ended.When(_second with { Presented = Cards.WithoutPin }).ThenRefused("CardHasEnded");
        ended.Done(_second).CardGone(CardEndCause.Returned).When(_second with { Presented = Cards.WithoutPin }).ThenRefused("CardHasEnded");
        Holder().At("2034-10-06T10:00+09:00").When(_second with { Presented = Cards.WithoutPin }).ThenRefused("CardExpired");
    }

    [Fact]
    public void The_second_card_is_the_one_that_counts()
    {
        var second = Holder().CardGone(CardEndCause.Lost).Done(_second, HandOver);

        second.When(Apply(Signature)).ThenRefused("CardOfAnotherResident");
        second.Issued(Authentication).When(new ConfirmCertificate(Serial(3), Cards.Own, Sha256(3))).ThenRefused("CardOfAnotherResident");
        second.Issued(Authentication).Done(new ConfirmCertificate(Serial(3), Cards.Nth(2), Sha256(3)));
    }

    private static CertificateRevoked Revoked(int n, CertificateKind kind) => new(Serial(n), kind, RevocationCause.CardEnded);

    private static CertificatesApplied Applied(string lastDay) => new(
        This,
        Cards.Nth(2),
        [
            new(Authentication, People.Day(lastDay), ApplicationReason.HandOver),
            new(Signature, People.Day(lastDay), ApplicationReason.HandOver),
        ],
        People.ByLicence);

    private static FeeWaived AfterExpiry() => new(
        This, [new Waiver(Authentication, WaiverReason.EarlierCardExpired), new Waiver(Signature, WaiverReason.EarlierCardExpired)]);

    private static SecondFee FeeAfter(Scene scene) => new(scene.By(People.Clerk).When(_second));

    private sealed record SecondFee(Scene.Outcome Outcome)
    {
        public void Is(ResidentEvent fee) => Outcome.Then([.. ((Decision.Accepted)Outcome.Decision).Events.Take(2), fee]);
    }
}
