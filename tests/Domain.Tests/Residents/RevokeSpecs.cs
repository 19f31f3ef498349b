using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>失効: for good, at the counter.</summary>
public sealed class RevokeSpecs
{
    [Theory]
    [InlineData(RevocationCause.HolderApplication)]
    [InlineData(RevocationCause.KeyLeaked)]
    [Trait("Rule", "S16")]
    public void The_holder_ends_one_kind_without_card_or_PIN(RevocationCause cause) =>
        Holder().When(Revoke(cause, Signature)).Then(new CertificateRevoked(Serial(2), Signature, cause, People.ByLicence));

    [Fact]
    public void Both_kinds_end_at_once_also_on_hold() =>
        Holder().Lost()
            .When(Revoke(RevocationCause.HolderApplication, Authentication, Signature))
            .Then(
                new CertificateRevoked(Serial(1), Authentication, RevocationCause.HolderApplication, People.ByLicence),
                new CertificateRevoked(Serial(2), Signature, RevocationCause.HolderApplication, People.ByLicence));

    [Fact]
    public void A_recording_error_takes_two_officers()
    {
        var error = Revoke(RevocationCause.RecordingError, Signature);

        Holder().By(People.Clerk).When(error).ThenRefused("SecondOfficerNeeded");
        Holder().By(People.Supervisor).When(error).ThenRefused("SecondOfficerNeeded");
    }

    [Theory]
    [InlineData(RevocationCause.AttributesChanged)]
    [InlineData(RevocationCause.Superseded)]
    [InlineData(RevocationCause.NeverConfirmed)]
    [InlineData(RevocationCause.LossReported)]
    public void No_other_cause_is_chosen_at_the_counter(RevocationCause cause) =>
        Holder().When(Revoke(cause, Signature)).ThenRefused("CauseNotForCounter");

    [Fact]
    public void It_is_never_undone()
    {
        var revoked = Holder().Lost().Done(Revoke(RevocationCause.HolderApplication, Signature));

        Assert.True(revoked.Found().Certificate(2).IsRevoked);
        revoked.When(Revoke(RevocationCause.HolderApplication, Signature)).ThenRefused("NothingToRevoke");
    }

    [Fact]
    [Trait("Rule", "S15")]
    public void It_keeps_the_counters_hours() =>
        Holder().At("2026-06-06T10:00+09:00").When(Revoke(RevocationCause.HolderApplication, Signature)).ThenRefused("OutsideReceptionHours");

    private static RevokeCertificates Revoke(RevocationCause cause, params CertificateKind[] kinds) => new(kinds, cause, People.ByLicence);
}
