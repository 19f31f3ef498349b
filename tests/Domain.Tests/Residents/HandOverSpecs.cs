using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>個人番号カードの交付</summary>
public sealed class HandOverSpecs
{
    [Fact]
    [Trait("Rule", "S3")]
    [Trait("Rule", "S4")]
    [Trait("Rule", "S13")]
    public void Both_kinds_come_with_the_card_and_cost_nothing() =>
        Registered().By(People.Clerk)
            .When(HandOver())
            .Then(
                new CardHandedOver(Cards.Own, Cards.LastDay, [], TooYoungForSignature: false),
                Applied(First(Authentication), First(Signature)),
                Free(Signature, Authentication));

    [Theory]
    [InlineData(Signature, Authentication)]
    [InlineData(Authentication, Signature)]
    [Trait("Rule", "S5")]
    public void A_kind_opted_out_of_is_not_loaded(CertificateKind optedOut, CertificateKind loaded) =>
        Registered().By(People.Clerk)
            .When(HandOver(optedOut))
            .Then(new CardHandedOver(Cards.Own, Cards.LastDay, [optedOut], false), Applied(First(loaded)), Free(loaded));

    [Fact]
    [Trait("Rule", "S5")]
    public void A_card_may_come_with_no_certificate_at_all() =>
        Registered().By(People.Clerk)
            .When(HandOver(Signature, Authentication))
            .Then(new CardHandedOver(Cards.Own, Cards.LastDay, [Signature, Authentication], false, People.ByLicence));

    [Fact]
    [Trait("Rule", "S24")]
    public void Under_fifteen_only_user_authentication_is_loaded() =>
        Registered(People.Taro).By(People.Clerk)
            .When(HandOver() with { Identified = People.ByParent })
            .Then(
                new CardHandedOver(Cards.Own, Cards.LastDay, [], TooYoungForSignature: true),
                Applied(new AppliedCertificate(Authentication, People.Day("2029-03-03"), ApplicationReason.HandOver)) with { Identified = People.ByParent },
                Free(Authentication));

    [Theory]
    [InlineData("2027-03-02T10:00+09:00", true)]
    [InlineData("2027-03-03T10:00+09:00", false)]
    [Trait("Rule", "S24")]
    public void Fifteen_begins_on_the_birthday(string at, bool tooYoung)
    {
        var handOver = HandOver() with { Identified = People.WhoComesFor(People.Taro, Time(at)) };

        var handedOver = (CardHandedOver)((Decision.Accepted)Registered(People.Taro).At(at).By(People.Clerk).When(handOver).Decision).Events[0];

        Assert.Equal(tooYoung, handedOver.TooYoungForSignature);
    }

    [Fact]
    [Trait("Rule", "S10")]
    [Trait("Rule", "S13")]
    public void Nothing_outlives_the_card()
    {
        var soon = People.Day("2025-01-31");
        Registered().By(People.Clerk)
            .When(HandOver() with { Presented = Cards.WithoutPin with { ExpiresOn = soon } })
            .Then(
                new CardHandedOver(Cards.Own, soon, [], false),
                Applied(First(Authentication) with { LastDay = soon }, First(Signature) with { LastDay = soon }),
                Free(Signature, Authentication));
    }

    [Fact]
    public void A_card_of_today_is_still_a_card()
    {
        var today = People.Day("2024-07-01");
        Registered().By(People.Clerk)
            .When(HandOver(Signature) with { Presented = Cards.WithoutPin with { ExpiresOn = today } })
            .Then(new CardHandedOver(Cards.Own, today, [Signature], false), Applied(First(Authentication) with { LastDay = today }), Free(Authentication));
    }

    [Fact]
    public void A_card_past_its_last_day_or_of_another_town_is_not_handed_over()
    {
        var counter = Registered().By(People.Clerk);

        counter.When(HandOver() with { Presented = Cards.WithoutPin with { ExpiresOn = People.Day("2024-06-30") } }).ThenRefused("CardExpired");
        counter.When(HandOver() with { Presented = Cards.OfAnotherTown }).ThenRefused("CardOfAnotherMunicipality");
    }

    private static HandOverCard HandOver(params CertificateKind[] optedOut) => new(Cards.WithoutPin, optedOut, People.ByLicence);

    private static CertificatesApplied Applied(params AppliedCertificate[] certificates) => new(This, Cards.Own, certificates, People.ByLicence);

    private static AppliedCertificate First(CertificateKind kind) => new(kind, HandOverEnds, ApplicationReason.HandOver);

    private static FeeWaived Free(params CertificateKind[] kinds) =>
        new(This, [.. kinds.Select(kind => new Waiver(kind, WaiverReason.FirstHandOver))]);
}
