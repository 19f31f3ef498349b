using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>書込み未確認の申請の終了: what nobody came back for.</summary>
[Trait("Rule", "B4")]
public sealed class ExpireSpecs
{
    [Fact]
    public void Two_weeks_after_the_day_of_application_it_ends_with_what_was_issued_under_it()
    {
        var unfinished = Holder().Applied(Signature).Issued(Signature).By(People.BackOffice);

        unfinished.At("2026-06-15T23:59+09:00").When(new ExpireApplication()).ThenRefused("WithinGracePeriod");
        unfinished.At("2026-06-16T00:00+09:00")
            .When(new ExpireApplication())
            .Then(
                new CertificateRevoked(Serial(3), Signature, RevocationCause.NeverConfirmed),
                new FeeRefunded(Earlier, 200),
                new ApplicationAbandoned(Earlier))
            .When(new ExpireApplication()).ThenRefused("NoSuchApplication");
    }

    [Fact]
    public void The_days_count_from_the_application_and_not_from_the_order() =>
        Holder().Applied(Signature).At("2026-06-15T10:00+09:00").Issued(Signature)
            .At("2026-06-16T00:00+09:00").By(People.BackOffice).Done(new ExpireApplication());

    [Fact]
    public void The_days_are_those_of_Japan() =>
        Holder().Applied(Signature).By(People.BackOffice).At("2026-06-15T15:00Z").Done(new ExpireApplication());

    [Fact]
    [Trait("Rule", "S17")]
    public void What_is_on_the_card_stays_with_its_fee() =>
        Holder().Applied(Authentication, Signature).Issued(Authentication).Done(Confirm(3)).Issued(Signature)
            .At("2026-06-16T00:00+09:00").By(People.BackOffice)
            .When(new ExpireApplication())
            .Then(new CertificateRevoked(Serial(4), Signature, RevocationCause.NeverConfirmed), new ApplicationAbandoned(Earlier));

    [Fact]
    public void The_certificate_that_was_to_be_replaced_lives_on()
    {
        var expired = Holder().Applied(Signature).Issued(Signature).At("2026-06-16T00:00+09:00").Done(People.BackOffice, new ExpireApplication());

        Assert.True(expired.Certificate(2).IsActive);
    }

    [Fact]
    public void Nobody_but_the_nightly_job_says_so() =>
        Holder().Applied(Signature).At("2026-07-01T10:00+09:00").By(People.Supervisor).When(new ExpireApplication()).ThenRefused("RoleMayNot");
}
