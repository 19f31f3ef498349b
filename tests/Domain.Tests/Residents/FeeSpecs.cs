using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>手数料: what an application costs, and why it costs nothing.</summary>
public sealed class FeeSpecs
{
    [Fact]
    [Trait("Rule", "S17")]
    public void A_reissue_costs_two_hundred_yen() => Fee(Holder().When(Apply(Signature))).Is(Charged(Signature));

    [Fact]
    [Trait("Rule", "S17")]
    public void Both_kinds_in_one_visit_are_one_fee() =>
        Fee(Holder().When(Apply(Signature, Authentication))).Is(Charged(Authentication, Signature));

    [Fact]
    [Trait("Rule", "S17")]
    public void One_kind_free_and_one_not_is_one_fee() =>
        Fee(Holder().Moved().FaceUpdated().When(Apply(Signature, Authentication))).Is(Charged(Authentication));

    [Fact]
    [Trait("Rule", "S18")]
    [Trait("Rule", "S7")]
    public void After_a_move_the_signature_certificate_is_reissued_free() =>
        Fee(Holder().Moved().FaceUpdated().When(Apply(Signature))).Is(Waived(WaiverReason.RevokedByAttributeChange, Signature));

    [Fact]
    [Trait("Rule", "S18")]
    public void A_move_while_the_card_is_lost_makes_the_reissue_free_too() =>
        Fee(Holder().Lost().Moved().Found().FaceUpdated().When(Apply(Signature))).Is(Waived(WaiverReason.RevokedByAttributeChange, Signature));

    [Fact]
    [Trait("Rule", "S18")]
    public void It_stays_free_when_the_first_attempt_was_abandoned() =>
        Fee(Holder().Moved().FaceUpdated().Applied(Signature).Issued(Signature).Done(new AbandonApplication(Earlier)).When(Apply(Signature)))
            .Is(Waived(WaiverReason.RevokedByAttributeChange, Signature));

    [Fact]
    [Trait("Rule", "S18")]
    public void It_is_free_once_for_each_move()
    {
        var reissued = Holder().Moved().FaceUpdated().Applied(Signature).PutOnCard();

        Fee(reissued.When(Apply(Signature))).Is(Charged(Signature));
    }

    [Fact]
    [Trait("Rule", "S18")]
    public void A_move_after_the_end_of_validity_makes_nothing_free() =>
        Fee(Holder().At("2028-10-10T10:00+09:00").Moved().FaceUpdated().When(Apply(Signature))).Is(Charged(Signature));

    [Fact]
    [Trait("Rule", "S18")]
    public void A_move_before_the_renewed_one_is_on_the_card_does_not_make_the_renewal_free()
    {
        var expired = Holder().At("2028-10-10T10:00+09:00").Applied(Signature).Issued(Signature).Moved().FaceUpdated();

        Fee(expired.Done(new AbandonApplication(Earlier)).When(Apply(Signature))).Is(Charged(Signature));
    }

    [Theory]
    [InlineData(Signature)]
    [InlineData(Authentication)]
    [Trait("Rule", "S19")]
    public void Who_wanted_none_at_the_hand_over_gets_each_kind_free(CertificateKind kind) =>
        Fee(Holder(Signature, Authentication).When(Apply(kind) with { Presented = Cards.WithCardPin }))
            .Is(Waived(WaiverReason.NotWantedAtHandOver, kind));

    [Fact]
    [Trait("Rule", "S20")]
    public void Who_was_too_young_gets_the_signature_certificate_free_at_fifteen() =>
        Fee(CardHandedOver(People.Taro).PutOnCard().At("2027-03-03T10:00+09:00").When(Apply(Signature)))
            .Is(Waived(WaiverReason.UnderFifteenAtHandOver, Signature));

    [Fact]
    [Trait("Rule", "S19")]
    public void Too_young_for_one_kind_and_without_the_other_is_none_at_the_hand_over() =>
        Fee(CardHandedOver(People.Taro, Authentication).When(Apply(Authentication) with { Presented = Cards.WithCardPin, Identified = People.ByParent }))
            .Is(Waived(WaiverReason.NotWantedAtHandOver, Authentication));

    [Theory]
    [InlineData(Signature)]
    [InlineData(Authentication)]
    [Trait("Rule", "S21")]
    public void Who_took_one_kind_gets_the_other_free(CertificateKind optedOut) =>
        Fee(Holder(optedOut).When(Apply(optedOut))).Is(Waived(WaiverReason.OneKindAtHandOver, optedOut));

    [Fact]
    [Trait("Rule", "S19")]
    [Trait("Rule", "S21")]
    public void No_first_time_comes_twice() =>
        Fee(Holder(Signature).Applied(Signature).PutOnCard().Done(Revoke(RevocationCause.HolderApplication)).When(Apply(Signature)))
            .Is(Charged(Signature));

    [Fact]
    [Trait("Rule", "S4")]
    public void What_never_reached_the_card_at_the_hand_over_is_still_free() =>
        Fee(CardHandedOver().Issued(Authentication).Done(new AbandonApplication(HandOver))
            .When(Apply(Authentication) with { Presented = Cards.WithCardPin }))
            .Is(Waived(WaiverReason.FirstHandOver, Authentication));

    [Theory]
    [InlineData("2028-09-01T10:00+09:00")]
    [InlineData("2028-10-10T10:00+09:00")]
    [Trait("Rule", "S17")]
    public void Renewal_and_issue_after_expiry_are_free_by_the_national_rules_only(string at)
    {
        var renewal = Holder().At(at);

        Fee(renewal.When(Apply(Signature))).Is(Charged(Signature));
        Fee(renewal.Under(Domain.Rules.RuleSet.National2026).When(Apply(Signature))).Is(Waived(WaiverReason.Renewal, Signature));
    }

    private static RevokeCertificates Revoke(RevocationCause cause) => new([Signature], cause, People.ByLicence);

    private static FeeCharged Charged(params CertificateKind[] kinds) => new(This, 200, "issuance-200", kinds);

    private static FeeWaived Waived(WaiverReason reason, CertificateKind kind) => new(This, [new Waiver(kind, reason)]);

    /// <summary>The fee, which is settled in one event after the application's.</summary>
    private static Settled Fee(Scene.Outcome outcome) => new(outcome);

    private sealed record Settled(Scene.Outcome Outcome)
    {
        public void Is(ResidentEvent fee) => Outcome.Then(((Decision.Accepted)Outcome.Decision).Events[0], fee);
    }
}
