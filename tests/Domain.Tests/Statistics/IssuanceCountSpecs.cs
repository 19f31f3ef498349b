using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using Jpki.Domain.Statistics;
using Jpki.Domain.Tests.Residents;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Statistics;

/// <summary>Issuance, a dimension at a time.</summary>
[Trait("Rule", "D6")]
public sealed class IssuanceCountSpecs
{
    [Fact]
    public void A_hand_over_counts_the_card_one_application_and_both_kinds_free_of_charge()
    {
        var scene = CardHandedOver().PutOnCard();

        Assert.Equal(["2024-07-01 132070001 hand-over-card: 1"], scene.Cells(Figure.CardHandedOver));
        Assert.Equal(["2024-07-01 132070001 hand-over-card holder: 1"], scene.Cells(Figure.ApplicationAccepted));
        Assert.Equal(["2024-07-01 132070001 hand-over-card holder: 1"], scene.Cells(Figure.FeeWaived));
        Assert.Equal(
            [
                "2024-07-01 132070001 signature hand-over-card handOver firstHandOver holder: 1",
                "2024-07-01 132070001 userAuthentication hand-over-card handOver firstHandOver holder: 1",
            ],
            scene.Cells(Figure.CertificateIssued));
        Assert.Equal(scene.Cells(Figure.CertificateApplied), scene.Cells(Figure.CertificateIssued));
    }

    [Fact]
    public void The_day_is_the_civil_day_in_Japan_and_an_issue_counts_on_the_day_it_reached_the_card()
    {
        var applied = Holder().At("2026-06-01T16:00+09:00").Applied(Signature).Issued(Signature);

        Assert.DoesNotContain(applied.Cells(Figure.CertificateIssued), each => each.StartsWith("2026", StringComparison.Ordinal));
        var late = applied.At("2026-06-01T15:30Z").Done(Confirm(3));
        Assert.Contains("2026-06-02 132070001 signature apply-for-certificates renewal charged holder: 1", late.Cells(Figure.CertificateIssued));
        Assert.Contains("2026-06-01 132070001 signature apply-for-certificates renewal charged holder: 1", late.Cells(Figure.CertificateApplied));
    }

    [Fact]
    public void The_office_is_where_it_was_done()
    {
        var east = People.Clerk with { Office = OfficeCode.Parse("132070002") };
        var scene = Holder(Signature).By(east).Applied(Signature).PutOnCard();

        Assert.Contains(
            "2026-06-01 132070002 signature apply-for-certificates issue oneKindAtHandOver holder: 1", scene.Cells(Figure.CertificateIssued));
    }

    [Fact]
    public void The_reason_tells_issue_reissue_and_renewal_apart()
    {
        Assert.Contains("issue oneKindAtHandOver", Last(Holder(Signature).Applied(Signature).PutOnCard()), StringComparison.Ordinal);
        Assert.Contains("reissue revokedByAttributeChange", Last(Holder().Moved().FaceUpdated().Applied(Signature).PutOnCard()), StringComparison.Ordinal);
        Assert.Contains("renewal charged", Last(Holder().Applied(Signature).PutOnCard()), StringComparison.Ordinal);
        Assert.Contains("renewal renewal", Last(Holder().At("2028-09-01T09:00+09:00").Under(RuleSet.National2026).Applied(Signature).PutOnCard()), StringComparison.Ordinal);

        static string Last(Scene scene) => scene.Cells(Figure.CertificateIssued).Last();
    }

    [Fact]
    public void One_fee_is_charged_for_two_kinds_and_the_free_one_is_told_apart()
    {
        var both = Holder().Applied(Authentication, Signature);
        var oneIsFree = Holder().Moved().FaceUpdated().Applied(Authentication, Signature);

        Assert.Equal(["2026-06-01 132070001 apply-for-certificates charged holder issuance-200: 1, 200 yen"], both.Cells(Figure.FeeCharged));
        Assert.Equal(2, both.Cells(Figure.CertificateApplied).Count(each => each.Contains("charged", StringComparison.Ordinal)));
        Assert.Equal(both.Cells(Figure.FeeCharged), oneIsFree.Cells(Figure.FeeCharged));
        Assert.Contains("2026-06-01 132070001 signature apply-for-certificates reissue included holder: 1", oneIsFree.Cells(Figure.CertificateApplied));
        Assert.Contains("2026-06-01 132070001 userAuthentication apply-for-certificates renewal charged holder: 1", oneIsFree.Cells(Figure.CertificateApplied));
    }

    [Fact]
    public void The_applicant_is_the_holder_a_legal_representative_or_an_agent()
    {
        var byParent = CardHandedOver(People.Taro).PutOnCard();
        var agents = new ApplyForCertificates(Cards.InReader, [Signature], ByAgent);
        var byAgent = Holder(Signature).AgentAsked(new AgentErrand.Issue([Signature])).LetterSent().Answered().Done(agents).PutOnCard();

        Assert.Equal(
            ["2024-07-01 132070001 userAuthentication hand-over-card handOver firstHandOver legal-representative: 1"],
            byParent.Cells(Figure.CertificateIssued));
        Assert.Contains(
            "2026-06-01 132070001 signature apply-for-certificates issue oneKindAtHandOver appointed-agent: 1", byAgent.Cells(Figure.CertificateIssued));
        Assert.Equal(["2026-06-01 132070001 open-agent-case issue: 1"], byAgent.Cells(Figure.AgentCaseOpened));
        Assert.Equal(["2026-06-01 132070001 apply-for-certificates usedUp issue: 1"], byAgent.Cells(Figure.AgentCaseEnded));
    }

    [Theory]
    [InlineData("2026-06-01T09:00+09:00", "0-5min")]
    [InlineData("2026-06-01T09:04:59+09:00", "0-5min")]
    [InlineData("2026-06-01T09:05+09:00", "5-10min")]
    [InlineData("2026-06-01T09:14+09:00", "10-15min")]
    [InlineData("2026-06-01T09:29+09:00", "15-30min")]
    [InlineData("2026-06-01T09:59:59+09:00", "30-60min")]
    [InlineData("2026-06-01T10:00+09:00", "1-4h")]
    [InlineData("2026-06-01T16:00+09:00", "4-24h")]
    [InlineData("2026-06-02T09:00+09:00", "1-7d")]
    [InlineData("2026-06-08T09:00+09:00", "7d-")]
    public void The_time_from_application_to_confirmed_writing_falls_into_fixed_spans(string confirmed, string span)
    {
        var scene = Holder().Applied(Signature).Issued(Signature).At(confirmed).Done(Confirm(3));

        Assert.EndsWith($"132070001 signature apply-for-certificates {span}: 1", scene.Cells(Figure.WaitingTime).Last(), StringComparison.Ordinal);
        Assert.Contains(span, WaitingTime.Names);
    }
}
