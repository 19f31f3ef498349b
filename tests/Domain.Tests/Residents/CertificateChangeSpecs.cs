using Jpki.Domain.Residents;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>登録の異動: what relying parties are to be told, event by event.</summary>
public sealed class CertificateChangeSpecs
{
    // A second cause of a hold is not given by any procedure yet; the register must not care how many there are.
    private const HoldCause AnotherCause = (HoldCause)99;

    private static readonly DateTimeOffset Now = Time("2026-06-01T09:00+09:00");

    [Fact]
    [Trait("Rule", "S8")]
    public void What_is_issued_is_entered_as_good_with_what_was_ordered()
    {
        var ordered = CardHandedOver().Ordered(Signature);
        var order = ((Standing.Ordered)ordered.Certificate(1).Standing).Order;

        var entered = Assert.IsType<CertificateChange.Entered>(Assert.Single(Changes(ordered, Issue(1, Signature))));

        Assert.Equal(HanakosId, entered.Resident);
        Assert.Equal(
            new(order.Serial, Signature, AuthorityKey, order.Municipality, order.NotAfter, RevocationStatus.Good.Instance), entered.Certificate);
    }

    [Fact]
    [Trait("Rule", "S30")]
    public void A_suspension_is_told_as_a_hold_from_its_own_instant() =>
        Assert.Equal([Changed(1, new RevocationStatus.OnHold(Now))], Changes(Holder(), Suspend(1)));

    [Fact]
    [Trait("Rule", "S32")]
    public void A_release_restores_good()
    {
        var lost = Holder().Lost().At("2026-06-02T10:00+09:00");

        Assert.Equal([new CertificateChange.StatusChanged(Serial(1), RevocationStatus.Good.Instance, lost.Instant)], Changes(lost, Release(1)));
    }

    [Fact]
    [Trait("Rule", "S32")]
    public void A_hold_of_several_causes_is_one_hold_until_the_last_is_lifted()
    {
        Assert.Equal([Changed(1, new RevocationStatus.OnHold(Now))], Changes(Holder(), Suspend(1), Suspend(1, AnotherCause), Release(1)));
        Assert.Empty(Changes(Holder().Lost(), Suspend(1, AnotherCause)));
        Assert.Equal(
            [Changed(1, new RevocationStatus.OnHold(Now)), Changed(1, RevocationStatus.Good.Instance)],
            Changes(Holder(), Suspend(1), Suspend(1, AnotherCause), Release(1), Release(1, AnotherCause)));
    }

    [Theory]
    [InlineData(RevocationCause.KeyLeaked, RevocationReason.KeyCompromise)]
    [InlineData(RevocationCause.AttributesChanged, RevocationReason.AffiliationChanged)]
    [InlineData(RevocationCause.Superseded, RevocationReason.Superseded)]
    [InlineData(RevocationCause.Death, RevocationReason.CessationOfOperation)]
    [Trait("Rule", "S6")]
    public void A_revocation_is_told_with_the_standards_reason(RevocationCause cause, RevocationReason reason) =>
        Assert.Equal([Changed(2, new RevocationStatus.Revoked(reason, Now))], Changes(Holder(), Revoke(2, cause)));

    [Fact]
    [Trait("Rule", "S30")]
    public void What_is_revoked_while_on_hold_is_revoked_from_then_on_and_for_ever()
    {
        var lost = Holder().Lost().At("2026-06-03T10:00+09:00");

        Assert.Equal(
            [new CertificateChange.StatusChanged(Serial(2), new RevocationStatus.Revoked(RevocationReason.KeyCompromise, lost.Instant), lost.Instant)],
            Changes(lost, Revoke(2, RevocationCause.KeyLeaked), Revoke(2, RevocationCause.CardEnded)));
    }

    [Fact]
    [Trait("Rule", "S30")]
    public void What_is_signed_while_its_order_is_on_hold_is_entered_on_hold()
    {
        var lost = CardHandedOver().Ordered(Signature).Lost();

        var entered = Assert.IsType<CertificateChange.Entered>(Assert.Single(Changes(lost.At("2026-06-04T10:00+09:00"), Issue(1, Signature))));

        Assert.Equal(new RevocationStatus.OnHold(lost.Instant), entered.Certificate.Status);
    }

    [Fact]
    public void Of_what_was_ordered_and_never_issued_nothing_is_told()
    {
        var ordered = CardHandedOver().Ordered(Signature);

        Assert.Empty(Changes(ordered, Revoke(1, RevocationCause.NeverConfirmed)));
        Assert.Empty(Changes(ordered, Suspend(1), Release(1), Suspend(1), Revoke(1, RevocationCause.KeyLeaked)));
    }

    [Fact]
    public void Several_events_of_one_step_are_told_in_their_order()
    {
        var ordered = CardHandedOver().Ordered(Signature);

        Assert.Collection(
            Changes(ordered, Issue(1, Signature), new CertificateConfirmed(Serial(1), Signature, Cards.Own), Suspend(1), Revoke(1, RevocationCause.KeyLeaked)),
            entered => Assert.Equal(Serial(1), Assert.IsType<CertificateChange.Entered>(entered).Serial),
            held => Assert.IsType<RevocationStatus.OnHold>(((CertificateChange.StatusChanged)held).Status),
            revoked => Assert.IsType<RevocationStatus.Revoked>(((CertificateChange.StatusChanged)revoked).Status));
    }

    [Fact]
    public void Events_about_anything_else_change_nothing_of_it() =>
        Assert.Empty(Changes(Holder().Moved(), new CardFaceUpdated(Cards.Own), new DepartureAnnounced(People.Day("2026-07-01"))));

    private static IReadOnlyList<CertificateChange> Changes(Scene scene, params ResidentEvent[] events) =>
        CertificateChanges.ChangedBy(HanakosId, scene.State, events, scene.Circumstances(This).ToProvenance("sample"));

    private static CertificateChange.StatusChanged Changed(int n, RevocationStatus status) => new(Serial(n), status, Now);

    private static CertificateIssued Issue(int n, CertificateKind kind) => new(Serial(n), kind, Der(n), Sha256(n));

    private static CertificateSuspended Suspend(int n, HoldCause cause = HoldCause.LossReported) => new(Serial(n), KindOf(n), cause);

    private static CertificateReleased Release(int n, HoldCause cause = HoldCause.LossReported) => new(Serial(n), KindOf(n), cause);

    private static CertificateRevoked Revoke(int n, RevocationCause cause) => new(Serial(n), KindOf(n), cause);

    private static CertificateKind KindOf(int n) => n == 1 ? Authentication : Signature;
}
