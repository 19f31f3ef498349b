using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>後から判明した事実 and 訂正: what the registry tells late, and what it told wrongly.</summary>
[Trait("Rule", "B2")]
public sealed class LateFactSpecs
{
    private static readonly FourAttributes _maiden = People.Hanako with { Name = "東部花子" };

    /// <summary>Hanako, registered on 2020-04-01, moved on 2026-06-01 and has her signature certificate again.</summary>
    private static Scene Resettled() => Holder().Moved().FaceUpdated().Applied(Signature).PutOnCard().By(People.Registry);

    [Fact]
    [Trait("Rule", "S6")]
    public void An_earlier_fact_learnt_late_changes_nothing_that_is_so_now()
    {
        var learnt = Resettled()
            .When(new ChangeAttributes(_maiden, People.Day("2023-01-01")))
            .Then(new EarlierAttributesLearnt(_maiden, People.Day("2023-01-01")));

        Assert.Equal(People.HanakoMoved, learnt.Registered().Attributes);
        Assert.True(learnt.Certificate(3).IsActive);
        Assert.True(((Card.InHand)learnt.Registered().Card).FaceIsCurrent);
    }

    [Fact]
    public void Then_each_day_has_its_attributes()
    {
        var timeline = Resettled().Done(new ChangeAttributes(_maiden, People.Day("2023-01-01"))).Registered().Timeline;

        Assert.Null(timeline.On(People.Day("2020-03-31")));
        Assert.Equal(People.Hanako, timeline.On(People.Day("2020-04-01")));
        Assert.Equal(People.Hanako, timeline.On(People.Day("2022-12-31")));
        Assert.Equal(_maiden, timeline.On(People.Day("2023-01-01")));
        Assert.Equal(_maiden, timeline.On(People.Day("2026-05-31")));
        Assert.Equal(People.HanakoMoved, timeline.On(People.Day("2026-06-01")));
    }

    [Fact]
    public void Told_again_or_known_for_that_day_it_is_no_news()
    {
        var learnt = Resettled().Done(new ChangeAttributes(_maiden, People.Day("2023-01-01")));

        learnt.When(new ChangeAttributes(_maiden, People.Day("2023-01-01"))).ThenRefused("NothingChanged");
        learnt.When(new ChangeAttributes(_maiden, People.Day("2024-01-01"))).ThenRefused("NothingChanged");
        learnt.When(new ChangeAttributes(People.Hanako, People.Day("2020-04-01"))).ThenRefused("NothingChanged");
    }

    [Fact]
    public void A_time_before_the_registration_is_learnt_too() =>
        Resettled()
            .When(new ChangeAttributes(_maiden, People.Day("2019-01-01")))
            .Then(new EarlierAttributesLearnt(_maiden, People.Day("2019-01-01")));

    [Fact]
    [Trait("Rule", "S6")]
    public void On_the_day_of_the_last_change_it_is_a_change() =>
        Resettled()
            .When(new ChangeAttributes(People.Hanako, People.Day("2026-06-01")))
            .Then(
                new FourAttributesChanged(People.Hanako, [AttributeKind.Address], People.Day("2026-06-01")),
                new CertificateRevoked(Serial(3), Signature, RevocationCause.AttributesChanged));

    [Fact]
    [Trait("Rule", "S6")]
    public void Late_facts_keep_to_what_the_registry_may_tell() =>
        Resettled()
            .When(new ChangeAttributes(_maiden with { BirthDate = People.Day("2026-06-02") }, People.Day("2023-01-01")))
            .ThenRefused("BirthDateInTheFuture");

    [Fact]
    [Trait("Rule", "S6")]
    [Trait("Rule", "S25")]
    public void A_correction_sets_what_is_so_now_and_ends_the_certificate_that_says_otherwise()
    {
        var corrected = Resettled()
            .When(new CorrectAttributes(_maiden, People.Day("2025-01-01")))
            .Then(
                new FourAttributesCorrected(_maiden, [AttributeKind.Name, AttributeKind.Address], People.Day("2025-01-01")),
                new CertificateRevoked(Serial(3), Signature, RevocationCause.AttributesChanged));

        Assert.Equal(_maiden, corrected.Registered().Attributes);
        Assert.False(((Card.InHand)corrected.Registered().Card).FaceIsCurrent);
        Assert.Equal(People.Hanako, corrected.Registered().Timeline.On(People.Day("2024-12-31")));
        Assert.Equal(_maiden, corrected.Registered().Timeline.On(People.Day("2026-06-01")));
    }

    [Fact]
    [Trait("Rule", "S18")]
    public void The_reissue_after_a_correction_is_free()
    {
        var corrected = Resettled().Done(new CorrectAttributes(_maiden, People.Day("2026-06-01"))).By(People.Clerk)
            .Done(new RecordCardFaceUpdate(Cards.InReader, _maiden));

        var events = ((Decision.Accepted)corrected.When(Apply(Signature)).Decision).Events;
        Assert.Equal(WaiverReason.RevokedByAttributeChange, Assert.Single(events.OfType<FeeWaived>().Single().Waivers).Reason);
    }

    [Fact]
    public void A_correction_that_differs_in_nothing_or_lies_ahead_is_none()
    {
        Resettled().When(new CorrectAttributes(People.HanakoMoved, People.Day("2020-04-01"))).ThenRefused("NothingChanged");
        Resettled().When(new CorrectAttributes(_maiden, People.Day("2026-06-02"))).ThenRefused("NotInThePast");
    }

    [Fact]
    public void Coming_back_counts_from_its_day_on()
    {
        var back = Holder().Gone(RemovalCause.MovedOut).At("2026-09-01T09:00+09:00")
            .Done(People.Registry, new RegisterResident(People.HanakoMoved, People.Day("2026-08-20"))).By(People.Registry);

        back.When(new ChangeAttributes(_maiden, People.Day("2026-08-19"))).Then(new EarlierAttributesLearnt(_maiden, People.Day("2026-08-19")));
        Assert.Equal(People.Day("2026-08-20"), back.Registered().Timeline.PresentSince);
    }
}
