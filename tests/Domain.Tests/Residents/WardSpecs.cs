using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>成年被後見人: adult wards get no signature certificate.</summary>
[Trait("Rule", "S24")]
public sealed class WardSpecs
{
    private static readonly ProposedException _exception = new ProposedException.Ward(WardReason.UnderstandsSigning);

    private static readonly RecordWardStatus _started = new(WardChange.Started, People.Day("2026-05-20"));

    [Theory]
    [InlineData(Role.Registry)]
    [InlineData(Role.Supervisor)]
    public void Registry_or_supervisor_record_it_and_the_certificate_there_is_stays(Role role)
    {
        var ward = Holder().By(People.Clerk with { Role = role }).When(_started).Then(new WardStatusChanged(WardChange.Started, _started.OccurredOn));

        Assert.True(ward.Certificate(2).IsActive);
        Assert.True(View(ward, withAttributes: true).IsWard);
        Assert.Null(View(ward, withAttributes: false).IsWard);
    }

    [Fact]
    public void A_signature_certificate_is_refused_and_user_authentication_is_not()
    {
        Holder().BecomesWard().When(ByGuardian(Authentication, Signature)).ThenRefused("WardMayNotHaveSignature");
        Holder().BecomesWard().Done(ByGuardian(Authentication));
    }

    [Fact]
    [Trait("Rule", "S21")]
    public void A_hand_over_opts_out_of_it_and_it_is_free_when_guardianship_has_ended()
    {
        var ward = Registered().BecomesWard();

        ward.When(new HandOverCard(Cards.WithoutPin, [], People.ByGuardian)).ThenRefused("WardMayNotHaveSignature");
        var ended = ward.Done(new HandOverCard(Cards.WithoutPin, [Signature], People.ByGuardian), HandOver).PutOnCard()
            .Done(People.Registry, new RecordWardStatus(WardChange.Ended, People.Day("2024-07-01")));

        var events = ((Decision.Accepted)ended.When(Apply(Signature)).Decision).Events;
        Assert.Equal(WaiverReason.OneKindAtHandOver, Assert.Single(events.OfType<FeeWaived>().Single().Waivers).Reason);
    }

    [Fact]
    public void What_was_applied_for_before_is_not_ordered_any_more_and_what_was_ordered_is_finished()
    {
        Holder().Applied(Signature).BecomesWard().When(Order(3, Signature, Earlier)).ThenRefused("WardMayNotHaveSignature");
        Holder().Applied(Authentication).BecomesWard().Done(Order(3, Authentication, Earlier));
        Holder().Applied(Signature).Issued(Signature).BecomesWard().Done(Confirm(3));
    }

    [Fact]
    public void The_national_rules_know_an_exception_by_two_officers()
    {
        var proposed = Proposed();
        proposed.When(ByGuardian(Signature)).ThenRefused("WardMayNotHaveSignature");

        var allowed = proposed.By(People.Supervisor)
            .When(new ConfirmProposal(Earlier)).Then(new ProposalConfirmed(Earlier), new WardSignatureAllowed());

        allowed.By(People.Clerk).Done(ByGuardian(Signature), Id(50));
        allowed.When(new ProposeException(_exception)).ThenRefused("WardStatusUnchanged");
    }

    [Fact]
    public void The_exception_ends_with_the_guardianship_it_was_for()
    {
        var again = Proposed()
            .Done(People.Supervisor, new ConfirmProposal(Earlier))
            .Done(People.Registry, new RecordWardStatus(WardChange.Ended, _started.OccurredOn))
            .BecomesWard();

        again.When(ByGuardian(Signature)).ThenRefused("WardMayNotHaveSignature");
    }

    [Fact]
    public void What_was_proposed_before_the_guardianship_ended_is_not_confirmed() =>
        Proposed().Done(People.Registry, new RecordWardStatus(WardChange.Ended, _started.OccurredOn))
            .By(People.Supervisor).When(new ConfirmProposal(Earlier)).ThenRefused("NotAWard");

    [Fact]
    public void What_is_so_already_or_will_be_is_not_recorded()
    {
        Holder().BecomesWard().By(People.Registry).When(_started).ThenRefused("WardStatusUnchanged");
        Holder().By(People.Registry).When(new RecordWardStatus(WardChange.Ended, _started.OccurredOn)).ThenRefused("WardStatusUnchanged");
        Holder().By(People.Registry).When(_started with { OccurredOn = People.Day("2026-06-02") }).ThenRefused("NotInThePast");
    }

    [Fact]
    [Trait("Rule", "S22")]
    public void The_guardian_acts_and_neither_the_ward_nor_an_agent()
    {
        var ward = Holder().AgentAsked(new AgentErrand.Issue([Authentication])).LetterSent().Answered().BecomesWard();

        ward.When(Apply(Authentication)).ThenRefused("RepresentativeNeeded");
        ward.When(Apply(Authentication) with { Identified = ByAgent }).ThenRefused("RepresentativeNeeded");
        ward.Done(ByGuardian(Authentication));
        ward.Done(People.Registry, new RecordWardStatus(WardChange.Ended, _started.OccurredOn)).When(ByGuardian(Authentication)).ThenRefused("NotRepresented");
    }

    private static ApplyForCertificates ByGuardian(params CertificateKind[] kinds) => Apply(kinds) with { Identified = People.ByGuardian };

    /// <summary>Hanako is a ward under the national rules, and a clerk proposed the exception.</summary>
    internal static Scene Proposed() =>
        Holder().BecomesWard().Under(RuleSet.National2026).Moved().FaceUpdated().Done(new ProposeException(_exception), Earlier);

    private static ResidentView View(Scene scene, bool withAttributes) => ResidentView.Of(HanakosId, scene.History, scene.Instant, withAttributes)!;
}
