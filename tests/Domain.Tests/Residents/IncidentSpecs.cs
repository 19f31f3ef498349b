using System.Collections.Immutable;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>発行の事故: what failed its check never leaves, and people learn of it.</summary>
[Trait("Rule", "S9")]
[Trait("Rule", "B4")]
public sealed class IncidentSpecs
{
    private static readonly string[] _findings = ["subject-common-name"];

    [Fact]
    public void What_fails_its_check_is_recorded_once_and_leaves_the_application_open()
    {
        var refused = Holder().Applied(Signature).Ordered(Signature).By(People.BackOffice)
            .When(Refuse(3)).Then(new CertificateRefused(Serial(3), Signature, _findings));

        Assert.IsType<Application.Open>(refused.Registered().Application);
        refused.When(Refuse(3)).ThenRefused("AlreadyOrdered");
        refused.When(Record(3)).ThenRefused("AlreadyOrdered");
    }

    [Fact]
    public void Nobody_but_the_back_office_says_so() =>
        Holder().Applied(Signature).Ordered(Signature).By(People.Supervisor).When(Refuse(3)).ThenRefused("RoleMayNot");

    [Fact]
    public void There_is_nothing_to_confirm_suspend_or_revoke()
    {
        var refused = CardHandedOver().Refused(Authentication);

        refused.When(Confirm(1)).ThenRefused("CertificateWasRefused");
        refused.By(People.CallCentre).When(new SuspendCertificates()).ThenRefused("NothingToSuspend");
        refused.When(new RevokeCertificates([Authentication], RevocationCause.HolderApplication, People.ByLicence)).ThenRefused("NothingToRevoke");
    }

    [Fact]
    [Trait("Rule", "S17")]
    public void The_application_can_be_abandoned_and_the_fee_goes_back()
    {
        var refused = Holder().Applied(Signature).Refused(Signature);

        refused.When(new AbandonApplication(Earlier)).Then(new FeeRefunded(Earlier, 200), new ApplicationAbandoned(Earlier));
    }

    [Fact]
    public void Another_order_takes_the_place_of_what_was_refused()
    {
        var again = Holder().Applied(Signature).Refused(Signature).PutOnCard();

        Assert.IsType<Standing.Refused>(again.Certificate(3).Standing);
        Assert.True(again.Certificate(4).IsActive);
        Assert.IsType<Application.None>(again.Registered().Application);
    }

    [Fact]
    public void The_same_key_may_be_ordered_for_again_once_the_reason_is_mended() =>
        Assert.Equal(
            4,
            Holder().Applied(Signature).Refused(Signature)
                .Done(Order(4, Signature, Earlier) with { SubjectPublicKeyInfo = Key(3) }).Registered().Certificates.Count);

    [Fact]
    public void People_have_it_before_them_until_another_order_or_the_end_of_the_application()
    {
        var refused = Holder().Applied(Signature).Refused(Signature);
        var item = new WorkItem(WorkKind.RefusedCertificate, People.Day("2026-06-01"), People.Day("2026-06-01"), Serial(3).ToString());

        Assert.Equal(item, Of(refused)[0]);
        Assert.True(item.IsForPeople);
        Assert.Null(NightlyJobs.EndingOf(item));
        Assert.DoesNotContain(Of(refused.Ordered(Signature)), each => each.Kind == WorkKind.RefusedCertificate);
        var abandoned = refused.Done(new AbandonApplication(Earlier));
        Assert.DoesNotContain(Of(abandoned), each => each.Kind == WorkKind.RefusedCertificate);
        Assert.DoesNotContain(Of(abandoned.Done(Apply(Signature))), each => each.Kind == WorkKind.RefusedCertificate);
    }

    [Fact]
    public void The_view_tells_the_clerk_that_it_was_refused_and_why()
    {
        var refused = Holder().Applied(Signature).Refused(Signature);

        var shown = ResidentView.Of(HanakosId, refused.History, refused.Instant, withAttributes: false)!.Certificates[^1];

        Assert.Equal((CertificateStatus.Refused, refused.Instant), (shown.Status, shown.Since));
        Assert.Equal(_findings, shown.Findings);
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void An_order_on_hold_is_judged_after_its_release_and_not_before()
    {
        var held = Holder().Applied(Signature).Ordered(Signature).Lost();

        held.By(People.BackOffice).When(Refuse(3)).ThenRefused("CertificateOnHold");
        var released = held.Found();

        Assert.IsType<Standing.Ordered>(released.Certificate(3).Standing);
        released.By(People.BackOffice).Done(Record(3));
        released.By(People.BackOffice).Done(Refuse(3));
    }

    private static ImmutableList<WorkItem> Of(Scene scene) => OpenWork.Of(HanakosId, scene.State).Items;
}
