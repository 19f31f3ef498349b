using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Tests.Residents;

/// <summary>権限: who may send what. Whatever this table does not grant is refused.</summary>
[Trait("Rule", "S14")]
[Trait("Rule", "S30")]
public sealed class PermissionSpecs
{
    private static readonly Dictionary<string, Role[]> _granted = new()
    {
        ["register-resident"] = [Role.Registry],
        ["change-attributes"] = [Role.Registry],
        ["correct-attributes"] = [Role.Registry],
        ["remove-resident"] = [Role.Registry],
        ["correct-removal"] = [Role.Registry],
        ["complete-departure"] = [Role.System],
        ["record-ward-status"] = [Role.Registry, Role.Supervisor],
        ["end-card"] = [Role.Clerk, Role.Supervisor],
        ["expire-application"] = [Role.System],
        ["hand-over-card"] = [Role.Clerk, Role.Supervisor],
        ["apply-for-certificates"] = [Role.Clerk, Role.Supervisor],
        ["request-certificate"] = [Role.Clerk, Role.Supervisor],
        ["order-certificate"] = [Role.Clerk, Role.Supervisor],
        ["record-certificate"] = [Role.System],
        ["refuse-certificate"] = [Role.System],
        ["confirm-certificate"] = [Role.Clerk, Role.Supervisor],
        ["abandon-application"] = [Role.Clerk, Role.Supervisor],
        ["record-card-face-update"] = [Role.Clerk, Role.Supervisor],
        ["suspend-certificates"] = [Role.CallCentre],
        ["release-certificates"] = [Role.Clerk, Role.Supervisor],
        ["revoke-certificates"] = [Role.Clerk, Role.Supervisor],
        ["propose-exception"] = [Role.Clerk, Role.Supervisor],
        ["confirm-proposal"] = [Role.Supervisor],
        ["withdraw-proposal"] = [Role.Clerk, Role.Supervisor],
        ["lapse-proposal"] = [Role.System],
        ["approve-pin-reset"] = [Role.Clerk, Role.Supervisor],
        ["confirm-pin-reset"] = [Role.Clerk, Role.Supervisor],
        ["open-agent-case"] = [Role.Clerk, Role.Supervisor],
        ["send-inquiry-letter"] = [Role.Clerk, Role.Supervisor],
        ["accept-sealed-reply"] = [Role.Clerk, Role.Supervisor],
        ["close-agent-case"] = [Role.Clerk, Role.Supervisor],
        ["expire-agent-case"] = [Role.System],

        ["record-legacy-certificate"] = [Role.Administrator],
    };

    public static TheoryData<string, Role> Everything =>
        new(from command in Samples.Commands from role in Enum.GetValues<Role>() select (command.Name(), role));

    [Theory]
    [MemberData(nameof(Everything))]
    public void A_role_may_do_what_it_was_granted_and_nothing_else(string name, Role role)
    {
        var command = Samples.Commands.Single(each => each.Name() == name);
        var scene = Scene.Given().By(People.Clerk with { Role = role });

        var refusal = Permissions.Check(command, scene.Circumstances(Scene.This));

        if (_granted[name].Contains(role))
            Assert.Null(refusal);
        else
            Assert.Equal(RefusalNature.Forbidden, refusal?.Nature);
    }

    [Fact]
    public void That_a_card_expired_is_for_the_nightly_job() =>
        Assert.Equal([Role.System], Permissions.For(new EndCard(CardEndCause.Expired)));

    [Fact]
    public void A_command_nobody_thought_of_is_for_nobody() => Assert.Empty(Permissions.For(new Unheard()));

    [Theory]
    [InlineData(Role.Clerk)]
    [InlineData(Role.Supervisor)]
    [InlineData(Role.Registry)]
    [Trait("Rule", "S23")]
    public void Who_belongs_to_a_town_acts_for_it_only(Role role)
    {
        ResidentCommand command = role == Role.Registry ? Samples.Commands.OfType<ChangeAttributes>().Single() : Stories.Apply(CertificateKind.Signature);

        Stories.Holder().By(People.ClerkOfAnotherTown with { Role = role }).When(command).ThenRefused("OtherMunicipality");
        Stories.Holder().By(new Actor("no-office", role, null)).When(command).ThenRefused("OtherMunicipality");
    }

    [Fact]
    [Trait("Rule", "S30")]
    public void The_call_centre_serves_every_town() => Stories.Holder().By(People.CallCentre).Done(new SuspendCertificates());

    private sealed record Unheard : ResidentCommand;
}
