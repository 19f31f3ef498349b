using System.Net;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Residence;

/// <summary>What ends a registration or a card, over the API and through the ledger.</summary>
public sealed class GoneAndBackTests(TownHallFixture fixture)
{
    private const string Apply = """
        {"type":"apply-for-certificates","presented":{"serial":"990000999999999","municipality":"13207","expiresOn":"2036-09-23","verifiedPins":[]},
         "kinds":["signature"],"identified":{"document":"myNumberCard"}}
        """;

    private readonly TownHall _hall = fixture.Hall;

    [Fact]
    [Trait("Rule", "S23")]
    public async Task Who_moved_out_is_refused_at_the_counter_and_served_again_after_coming_back()
    {
        var person = await _hall.RegisterAsync();
        var removed = await _hall.DoAsync("registry", person.Id, new RemoveResident(RemovalCause.MovedOut, new DateOnly(2026, 5, 30)));

        Assert.Equal([new ResidentRemoved(RemovalCause.MovedOut, new DateOnly(2026, 5, 30), ContinuedUse: false)], removed);
        var refused = await _hall.Line("clerk").CommandAsync(person.Id, Apply);
        refused.AssertProblem(HttpStatusCode.Conflict, "NoLongerRegistered");
        Assert.Equal("S23", refused.Rule);

        await _hall.DoAsync("registry", person.Id, new RegisterResident(person.Moved, new DateOnly(2026, 5, 31)));
        (await _hall.Line("clerk").CommandAsync(person.Id, Apply)).AssertProblem(HttpStatusCode.Conflict, "NoCard");
    }

    [Theory]
    [InlineData("""{"type":"complete-departure"}""")]
    [InlineData("""{"type":"expire-application"}""")]
    [InlineData("""{"type":"end-card","cause":"expired"}""")]
    public async Task What_the_nightly_job_says_nobody_else_may_say(string command)
    {
        var person = await _hall.RegisterAsync();

        foreach (var role in new[] { "clerk", "supervisor", "registry", "call-centre", "administrator" })
            (await _hall.Line(role).CommandAsync(person.Id, command)).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
    }

    [Fact]
    [Trait("Rule", "B2")]
    public async Task A_correction_must_be_four_attributes_like_any_other()
    {
        var person = await _hall.RegisterAsync();
        var blank = """{"type":"correct-attributes","attributes":{"name":" ","address":"東京都","birthDate":"1990-09-23","sex":"female"},"occurredOn":"2026-05-30"}""";

        Assert.Equal(HttpStatusCode.BadRequest, (await _hall.Line("registry").CommandAsync(person.Id, blank)).Status);
        Assert.Equal(
            [AttributeKind.Address],
            Assert.IsType<FourAttributesCorrected>(
                Assert.Single(await _hall.DoAsync("registry", person.Id, new CorrectAttributes(person.Moved, new DateOnly(2026, 5, 30))))).Changed);
    }
}
