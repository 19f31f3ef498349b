using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>電子証明書の申請: who may apply when, and for how long it will be valid.</summary>
public sealed class ApplySpecs
{
    [Fact]
    [Trait("Rule", "S10")]
    [Trait("Rule", "S16")]
    public void An_application_settles_validity_reason_and_fee() =>
        Holder().At("2026-06-01T09:00+09:00").By(People.Clerk)
            .When(Apply(Signature, Authentication))
            .Then(
                new CertificatesApplied(
                    This,
                    Cards.Own,
                    [
                        new(Authentication, People.Day("2030-10-05"), ApplicationReason.Renewal),
                        new(Signature, People.Day("2030-10-05"), ApplicationReason.Renewal),
                    ],
                    People.ByCard),
                new FeeCharged(This, 200, "issuance-200", [Authentication, Signature]));

    [Fact]
    [Trait("Rule", "S10")]
    public void Alone_a_signature_certificate_ends_with_the_user_authentication_one_held() =>
        Assert.Equal([(HandOverEnds, ApplicationReason.Renewal)], Applied(Holder().When(Apply(Signature))));

    [Fact]
    [Trait("Rule", "S10")]
    public void It_does_not_end_with_one_that_is_revoked()
    {
        var revoked = Holder().Done(new RevokeCertificates([Authentication], RevocationCause.HolderApplication, People.ByLicence));

        Assert.Equal([(People.Day("2030-10-05"), ApplicationReason.Renewal)], Applied(revoked.When(Apply(Signature))));
    }

    [Fact]
    [Trait("Rule", "S10")]
    public void The_recorded_last_day_of_the_card_bounds_it_whatever_the_reader_says()
    {
        var presented = Cards.InReader with { ExpiresOn = Cards.LastDay.AddYears(10) };
        var late = CardHandedOver(optedOut: [Signature, Authentication]).At("2033-06-01T10:00+09:00");

        Assert.Equal([(Cards.LastDay, ApplicationReason.Issue)], Applied(late.When(Apply(Authentication) with { Presented = presented })));
        late.At("2034-10-06T10:00+09:00").When(Apply(Authentication) with { Presented = presented }).ThenRefused("CardExpired");
    }

    [Fact]
    [Trait("Rule", "S7")]
    public void After_a_revocation_it_is_a_reissue()
    {
        var reissue = Applied(Holder().Moved().FaceUpdated().When(Apply(Signature)));

        Assert.Equal([(HandOverEnds, ApplicationReason.Reissue)], reissue);
    }

    [Fact]
    public void What_never_reached_the_card_is_issued_and_not_reissued()
    {
        var abandoned = CardHandedOver(optedOut: Authentication).Issued(Signature).Done(new AbandonApplication(HandOver));

        Assert.Equal([(HandOverEnds, ApplicationReason.Issue)], Applied(abandoned.When(Apply(Signature))));
    }

    [Fact]
    [Trait("Rule", "S15")]
    public void The_counter_takes_it_until_half_past_four_and_finishes_what_it_took()
    {
        Holder().At("2026-06-01T16:30+09:00").When(Apply(Signature)).ThenRefused("OutsideReceptionHours");

        var issued = Holder().At("2026-06-01T16:29+09:00").Applied(Signature).At("2026-06-01T16:59+09:00").Issued(Signature);

        issued.At("2026-06-01T17:00+09:00").When(Confirm(3))
            .Then(
                new CertificateConfirmed(Serial(3), Signature, Cards.Own),
                new CertificateRevoked(Serial(2), Signature, RevocationCause.Superseded));
    }

    [Theory]
    [InlineData("2026-05-31T10:00+09:00")]
    [InlineData("2026-11-23T10:00+09:00")]
    [InlineData("2026-12-29T10:00+09:00")]
    [InlineData("2026-06-01T08:29+09:00")]
    [Trait("Rule", "S15")]
    public void Sundays_holidays_the_turn_of_the_year_and_early_mornings_are_closed(string at) =>
        Holder().At(at).When(Apply(Signature)).ThenRefused("OutsideReceptionHours");

    [Fact]
    [Trait("Rule", "S14")]
    public void Only_an_office_of_the_town_issues()
    {
        Holder().By(People.Clerk with { Office = Town.Akishima.Offices[1].Code }).Applied(Signature);
        Holder().By(People.ClerkOfAnUnlistedOffice).When(Apply(Signature)).ThenRefused("UnknownOffice");
        Holder().By(People.ClerkOfAnotherTown).When(Apply(Signature)).ThenRefused("OtherMunicipality");
    }

    [Fact]
    [Trait("Rule", "S25")]
    public void After_a_move_the_face_is_updated_first_in_the_same_visit()
    {
        var moved = Holder().Moved();

        moved.When(Apply(Signature)).ThenRefused("CardFaceNotCurrent");
        moved.When(new RecordCardFaceUpdate(Cards.WithoutPin, People.HanakoMoved)).Then(new CardFaceUpdated(Cards.Own))
            .Done(Apply(Signature));
    }

    [Fact]
    [Trait("Rule", "S25")]
    public void A_face_written_before_the_registry_changed_again_is_not_current() =>
        Holder().Moved().When(new RecordCardFaceUpdate(Cards.InReader, People.Hanako)).ThenRefused("CardFaceNotCurrent");

    [Theory]
    [InlineData("2027-03-02T10:00+09:00", "TooYoungForSignature")]
    [InlineData("2027-03-03T10:00+09:00", null)]
    [Trait("Rule", "S24")]
    public void Under_fifteen_there_is_no_signature_certificate(string at, string? refusal)
    {
        var taro = CardHandedOver(People.Taro).PutOnCard().At(at);

        var whoComes = People.WhoComesFor(People.Taro, Time(at));
        taro.Done(Apply(Authentication) with { Identified = whoComes });
        if (refusal is null)
            taro.Done(Apply(Signature) with { Identified = whoComes });
        else
            taro.When(Apply(Signature) with { Identified = whoComes }).ThenRefused(refusal);
    }

    [Fact]
    [Trait("Rule", "S10")]
    public void By_the_national_rules_renewal_opens_the_day_after_three_months_before_the_end()
    {
        var national = Holder().Under(Domain.Rules.RuleSet.National2026);

        national.At("2028-07-05T10:00+09:00").When(Apply(Signature)).ThenRefused("RenewalNotOpenYet");
        Assert.Equal(
            [(People.Day("2033-10-05"), ApplicationReason.Renewal)],
            Applied(national.At("2028-07-06T10:00+09:00").When(Apply(Authentication))));
        national.At("2028-07-05T10:00+09:00").Moved().FaceUpdated().Done(Apply(Signature));
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void While_any_certificate_is_on_hold_nothing_is_applied_for() =>
        Holder(Signature).Lost().When(Apply(Signature)).ThenRefused("CertificateOnHold");

    [Fact]
    public void A_hold_ends_with_validity_and_stands_in_the_way_no_longer() =>
        Holder().Lost().At("2028-10-06T10:00+09:00").Done(Apply(Signature, Authentication));

    private static IEnumerable<(DateOnly LastDay, ApplicationReason Reason)> Applied(Scene.Outcome outcome) =>
        ((Decision.Accepted)outcome.Decision).Events.OfType<CertificatesApplied>().Single().Certificates.Select(each => (each.LastDay, each.Reason));
}
