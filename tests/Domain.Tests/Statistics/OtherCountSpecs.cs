using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Statistics;
using Jpki.Domain.Tests.Residents;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Statistics;

/// <summary>What goes wrong, ends, waits or comes back.</summary>
[Trait("Rule", "D6")]
public sealed class OtherCountSpecs
{
    [Fact]
    public void A_card_that_lost_its_key_is_a_resumed_writing_and_one_issue()
    {
        var scene = Holder().Applied(Signature).Issued(Signature).Ordered(Signature);

        Assert.Equal(["2026-06-01 132070001 signature apply-for-certificates renewal charged holder: 1"], scene.Cells(Figure.WritingResumed));
        Assert.Contains("2026-06-01 132070001 signature order-certificate neverConfirmed: 1", scene.Cells(Figure.CertificateRevoked));
        var done = scene.Done(People.BackOffice, Record(4)).Done(Confirm(4));
        Assert.Single(done.Cells(Figure.CertificateIssued), each => each.StartsWith("2026", StringComparison.Ordinal));
        Assert.Empty(done.Facts().Pending.Writings);
    }

    [Fact]
    public void An_abandoned_application_gives_up_its_kinds_and_its_fee_goes_back()
    {
        var scene = Holder().Applied(Authentication, Signature).Issued(Authentication).Done(new AbandonApplication(Earlier));

        Assert.Equal(
            [
                "2026-06-01 132070001 signature apply-for-certificates renewal charged holder notOrdered: 1",
                "2026-06-01 132070001 userAuthentication apply-for-certificates renewal charged holder ordered: 1",
            ],
            scene.Cells(Figure.CertificateGivenUp));
        Assert.Equal(["2026-06-01 132070001 apply-for-certificates refunded holder: 1, 200 yen"], scene.Cells(Figure.FeeRefunded));
        Assert.True(scene.Facts().Pending.IsEmpty);
    }

    [Fact]
    public void What_the_night_gives_back_goes_out_of_the_drawer_of_the_office_that_took_it()
    {
        var scene = Holder().Applied(Signature).At("2026-06-20T03:00+09:00").By(People.BackOffice).Done(new ExpireApplication());

        Assert.Equal(["2026-06-20 132070001 apply-for-certificates refunded holder: 1, 200 yen"], scene.Cells(Figure.FeeRefunded));
    }

    [Fact]
    public void A_certificate_that_failed_its_check_is_an_incident_and_no_torn_card()
    {
        var scene = Holder().Applied(Signature).Refused(Signature).Ordered(Signature);

        Assert.Equal(["2026-06-01 132070001 signature apply-for-certificates holder: 1"], scene.Cells(Figure.CertificateRefused));
        Assert.Empty(scene.Cells(Figure.WritingResumed));
    }

    [Fact]
    public void Revocations_count_by_cause_and_the_registrys_are_no_offices()
    {
        var scene = Holder().Moved().Done(new RevokeCertificates([Authentication], RevocationCause.KeyLeaked, People.ByLicence));

        Assert.Equal(
            [
                "2026-06-01 132070001 userAuthentication revoke-certificates keyLeaked holder: 1",
                "2026-06-01 signature change-attributes attributesChanged: 1",
            ],
            scene.Cells(Figure.CertificateRevoked));
        Assert.Empty(scene.Facts().Held);
    }

    [Fact]
    public void Suspensions_are_the_call_centres_and_releases_the_counters()
    {
        var scene = Holder().Lost().Found();

        Assert.Equal(
            [
                "2026-06-01 signature suspend-certificates lossReported: 1",
                "2026-06-01 userAuthentication suspend-certificates lossReported: 1",
            ],
            scene.Cells(Figure.CertificateSuspended));
        Assert.Equal(
            [
                "2026-06-01 132070001 signature release-certificates lossReported holder: 1",
                "2026-06-01 132070001 userAuthentication release-certificates lossReported holder: 1",
            ],
            scene.Cells(Figure.CertificateReleased));
    }

    [Fact]
    public void A_PIN_reset_counts_the_visit_each_PIN_and_who_came()
    {
        var approve = new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature, PinKind.UserAuthentication], People.ByCard);
        var scene = Holder().Done(approve, Earlier).Done(new ConfirmPinReset(Earlier, Cards.Own));

        Assert.Equal(["2026-06-01 132070001 confirm-pin-reset holder: 1"], scene.Cells(Figure.PinResetVisit));
        Assert.Equal(
            ["2026-06-01 132070001 signature confirm-pin-reset holder: 1", "2026-06-01 132070001 userAuthentication confirm-pin-reset holder: 1"],
            scene.Cells(Figure.PinReset));
        Assert.Empty(Holder().Done(approve, Earlier).Cells(Figure.PinResetVisit));
    }

    [Fact]
    public void An_ended_card_counts_by_cause_and_so_do_the_certificates_on_it()
    {
        var scene = Holder().CardGone(CardEndCause.Lost);

        Assert.Equal(["2026-06-01 132070001 end-card lost: 1"], scene.Cells(Figure.CardEnded));
        Assert.All(scene.Cells(Figure.CertificateRevoked), each => Assert.Contains("cardEnded", each, StringComparison.Ordinal));
        Assert.Empty(scene.Facts().Held);
    }

    [Fact]
    [Trait("Rule", "B3")]
    public void Refusals_count_by_rule_and_readings_count_for_nothing()
    {
        var (sums, by) = (new CellSums(), Holder().Circumstances(Scene.This).ToProvenance("apply-for-certificates"));
        var registry = by with { By = People.Registry, Command = "change-attributes" };

        StatisticsFold.Add(Town.Akishima.Code, new AttemptRefused("CardFaceNotCurrent", "S25", Scene.HanakosId), by, sums);
        StatisticsFold.Add(Town.Akishima.Code, new AttemptRefused("CardFaceNotCurrent", "S25", Scene.HanakosId), by, sums);
        StatisticsFold.Add(Town.Akishima.Code, new AttemptRefused("NothingChanged"), registry, sums);
        StatisticsFold.Add(Town.Akishima.Code, new RecordRead(RecordKind.History, [Scene.HanakosId]), by, sums);

        Assert.Equal(
            ["2026-06-01 132070001 apply-for-certificates S25 CardFaceNotCurrent: 2", "2026-06-01 change-attributes NothingChanged: 1"],
            sums.All.Select(each => Counting.Line(each.Key, each.Value)).Order(StringComparer.Ordinal));
        Assert.All(sums.All.Keys, each => Assert.Equal((Figure.AttemptRefused, Town.Akishima.Code), (each.Figure, each.Municipality)));
    }

    [Fact]
    public void Certificates_on_Juki_cards_are_counted_apart()
    {
        var scene = Registered().Done(People.Registry, new ChangeAttributes(People.HanakoMoved, People.Day("2016-04-01"))).By(People.Administrator)
            .Done(new RecordLegacyCertificate(Scene.Serial(40), People.Day("2015-12-22")));

        Assert.Equal(["2024-07-01 record-legacy-certificate: 1"], scene.Cells(Figure.LegacyCertificateRecorded));
        Assert.Equal(["2024-07-01 record-legacy-certificate attributesChanged: 1"], scene.Cells(Figure.LegacyCertificateRevoked));
        Assert.Empty(scene.Cells(Figure.CertificateRevoked));
    }
}
