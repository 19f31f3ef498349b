using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>申請の取下げ</summary>
[Trait("Rule", "S17")]
[Trait("Rule", "B4")]
public sealed class AbandonSpecs
{
    [Fact]
    public void The_fee_goes_back_and_what_was_issued_ends() =>
        Holder().Applied(Signature).Issued(Signature)
            .When(new AbandonApplication(Earlier))
            .Then(
                new CertificateRevoked(Serial(3), Signature, RevocationCause.NeverConfirmed),
                new FeeRefunded(Earlier, 200),
                new ApplicationAbandoned(Earlier));

    [Fact]
    public void What_was_ordered_and_not_signed_ends_too() =>
        CardHandedOver().Ordered(Authentication)
            .When(new AbandonApplication(HandOver))
            .Then(new CertificateRevoked(Serial(1), Authentication, RevocationCause.NeverConfirmed), new ApplicationAbandoned(HandOver));

    [Fact]
    public void What_was_free_is_not_refunded() =>
        Holder().Moved().FaceUpdated().Applied(Signature).When(new AbandonApplication(Earlier)).Then(new ApplicationAbandoned(Earlier));

    [Fact]
    public void A_fee_for_what_is_on_the_card_stays() =>
        Holder().Applied(Authentication, Signature).Issued(Authentication).Done(Confirm(3))
            .When(new AbandonApplication(Earlier))
            .Then(new ApplicationAbandoned(Earlier));

    [Fact]
    [Trait("Rule", "S18")]
    public void A_fee_for_the_other_kind_goes_back_though_the_free_one_is_on_the_card() =>
        Holder(Authentication).Applied(Authentication, Signature).Issued(Authentication).Done(Confirm(2))
            .When(new AbandonApplication(Earlier))
            .Then(new FeeRefunded(Earlier, 200), new ApplicationAbandoned(Earlier));

    [Fact]
    public void The_next_application_is_charged_and_refunded_for_itself()
    {
        var abandoned = Holder().Applied(Signature).Done(new AbandonApplication(Earlier));
        var again = abandoned.Done(Apply(Signature), Id(21));

        again.When(new AbandonApplication(Earlier)).ThenRefused("NoSuchApplication");
        again.When(new AbandonApplication(Id(21))).Then(new FeeRefunded(Id(21), 200), new ApplicationAbandoned(Id(21)));
    }

    [Fact]
    public void The_certificate_that_was_to_be_replaced_lives_on()
    {
        var abandoned = Holder().Applied(Signature).Issued(Signature).Done(new AbandonApplication(Earlier));

        Assert.True(abandoned.Certificate(2).IsActive);
    }

    [Fact]
    public void It_is_abandoned_at_any_hour() => Holder().Applied(Signature).At("2026-06-01T20:00+09:00").Done(new AbandonApplication(Earlier));
}
