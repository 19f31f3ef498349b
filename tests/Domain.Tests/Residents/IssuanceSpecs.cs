using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>From the accepted application to the certificate on the card: order, signature, confirmation.</summary>
[Trait("Rule", "S16")]
[Trait("Rule", "B4")]
public sealed class IssuanceSpecs
{
    [Fact]
    [Trait("Rule", "S8")]
    public void An_order_settles_everything_that_will_be_signed() =>
        CardHandedOver(optedOut: Authentication).At("2024-07-01T10:05:30.75+09:00")
            .When(Order(1, Signature, HandOver))
            .Then(Ordered(1, Signature, HandOverEnds, HandOver, "2024-07-01T10:05:30+09:00"));

    [Fact]
    [Trait("Rule", "S11")]
    public void No_personal_data_goes_into_a_user_authentication_certificate() =>
        CardHandedOver()
            .When(Order(1, Authentication, HandOver) with { Holder = Certified(People.Hanako) })
            .Then(Ordered(1, Authentication, HandOverEnds, HandOver, "2024-07-01T10:00+09:00"));

    [Fact]
    public void What_was_signed_is_recorded_once()
    {
        var signed = CardHandedOver().Ordered(Authentication).By(People.BackOffice)
            .When(Record(1)).Then(new CertificateIssued(Serial(1), Authentication, Der(1), Sha256(1)));

        signed.When(Record(1)).ThenRefused("AlreadyOrdered");
    }

    [Fact]
    [Trait("Rule", "S30")]
    public void It_is_recorded_while_on_hold_and_stays_on_hold()
    {
        var held = CardHandedOver().Ordered(Authentication).Lost();

        var signed = held.By(People.BackOffice).When(Record(1)).Then(new CertificateIssued(Serial(1), Authentication, Der(1), Sha256(1)));

        Assert.IsType<Standing.OnHold>(signed.Certificate(1).Standing);
        Assert.IsType<Standing.Issued>(signed.By(People.Clerk).Found().Certificate(1).Standing);
    }

    [Fact]
    public void A_certificate_read_back_the_same_is_active_and_the_last_one_ends_the_application()
    {
        var first = CardHandedOver().Issued(Authentication).When(Confirm(1)).Then(new CertificateConfirmed(Serial(1), Authentication, Cards.Own));
        var open = Assert.IsType<Application.Open>(first.Registered().Application);
        var second = first.Issued(Signature).When(Confirm(2)).Then(new CertificateConfirmed(Serial(2), Signature, Cards.Own));

        Assert.Equal(Signature, Assert.Single(open.Remaining).Kind);
        Assert.IsType<Application.None>(second.Registered().Application);
        Assert.All(second.Registered().Certificates, each => Assert.True(each.IsActive));
    }

    [Fact]
    public void The_old_certificate_ends_as_the_new_one_is_confirmed_and_not_before()
    {
        var issued = Holder().Applied(Authentication).Issued(Authentication);

        Assert.True(issued.Certificate(1).IsActive);
        issued.When(Confirm(3)).Then(
            new CertificateConfirmed(Serial(3), Authentication, Cards.Own),
            new CertificateRevoked(Serial(1), Authentication, RevocationCause.Superseded));
    }

    [Fact]
    public void A_new_key_revokes_what_was_ordered_for_the_one_before() =>
        CardHandedOver().Issued(Authentication)
            .When(Order(2, Authentication, HandOver))
            .Then(
                new CertificateRevoked(Serial(1), Authentication, RevocationCause.NeverConfirmed),
                Ordered(2, Authentication, HandOverEnds, HandOver, "2024-07-01T10:00+09:00"));

    [Fact]
    public void The_same_key_is_not_ordered_for_twice() =>
        CardHandedOver().Issued(Authentication)
            .When(Order(2, Authentication, HandOver) with { SubjectPublicKeyInfo = Key(1) })
            .ThenRefused("AlreadyOrdered");

    [Fact]
    public void A_certificate_read_back_otherwise_is_not_confirmed()
    {
        var issued = CardHandedOver().Issued(Authentication);

        issued.When(Confirm(1) with { Sha256 = Sha256(2) }).ThenRefused("ReadBackDiffers");
        issued.When(Confirm(1) with { Card = Cards.Strange }).ThenRefused("CardOfAnotherResident");
    }

    [Fact]
    public void It_is_confirmed_only_after_it_was_signed_and_only_once()
    {
        CardHandedOver().Ordered(Authentication).When(Confirm(1)).ThenRefused("NotAwaitingConfirmation");
        Holder().When(Confirm(1)).ThenRefused("NotAwaitingConfirmation");
    }

    [Fact]
    [Trait("Rule", "S25")]
    public void A_move_between_application_and_order_wants_a_new_face_and_then_gives_the_new_address()
    {
        var moved = CardHandedOver(optedOut: Authentication).Issued(Signature).Moved();

        moved.When(Order(2, Signature, HandOver, People.HanakoMoved)).ThenRefused("CardFaceNotCurrent");
        var reissued = moved.FaceUpdated().PutOnCard();

        Assert.True(reissued.Certificate(2).IsActive);
    }

    [Fact]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S32")]
    public void A_lost_card_gets_nothing_new_by_finishing_an_open_application()
    {
        var lost = Holder().Applied(Signature).Lost();

        lost.When(Order(3, Signature, Earlier)).ThenRefused("CertificateOnHold");
        Assert.True(lost.Found().PutOnCard().Certificate(3).IsActive);
    }

    [Fact]
    [Trait("Rule", "S10")]
    public void After_the_end_of_its_validity_a_certificate_is_neither_ordered_nor_confirmed()
    {
        CardHandedOver().At("2028-10-06T00:00+09:00").When(Order(1, Authentication, HandOver)).ThenRefused("ValidityHasEnded");
        CardHandedOver().Issued(Authentication).At("2028-10-06T00:00+09:00").When(Confirm(1)).ThenRefused("ValidityHasEnded");
        CardHandedOver().At("2028-10-05T23:59:59+09:00").Issued(Authentication).Done(Confirm(1));
    }

    [Fact]
    [Trait("Rule", "S10")]
    public void The_signature_certificate_waits_for_the_user_authentication_one_it_is_bounded_by()
    {
        var both = Holder().Applied(Authentication, Signature);

        both.When(Order(3, Signature, Earlier)).ThenRefused("UserAuthenticationFirst");
        both.Issued(Authentication).When(Order(4, Signature, Earlier)).ThenRefused("UserAuthenticationFirst");
        Assert.True(both.PutOnCard().Certificate(4).IsActive);
    }

    private static CertificateOrdered Ordered(int n, CertificateKind kind, DateOnly lastDay, Domain.Identifiers.CommandId application, string notBefore) =>
        new(
        application,
        Cards.Own,
        new CertificateOrder(
            Serial(n), kind, Key(n), CommonName(n), "Tokyo-to", "Akishima-shi", Town.Akishima.Code,
            Time(notBefore), Jst.EndOf(lastDay), AuthorityKey, kind == Signature ? Certified(People.Hanako) : null));
}
