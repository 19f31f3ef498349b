using System.Net;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Api;

/// <summary>Who may do and see what: everything not listed here is denied.</summary>
public sealed class WhoMayTests(TownHallFixture fixture)
{
    private static readonly string[] _counter =
    [
        "hand-over-card", "apply-for-certificates", "request-certificate", "confirm-certificate", "abandon-application",
        "record-card-face-update", "release-certificates", "revoke-certificates", "approve-pin-reset", "confirm-pin-reset",
    ];

    private static readonly Dictionary<string, string[]> _mayDo = new()
    {
        ["clerk"] = [.. _counter, "end-card", "propose-exception", "open-agent-case"],
        ["supervisor"] = [.. _counter, "end-card", "propose-exception", "confirm-proposal", "record-ward-status", "open-agent-case"],
        ["call-centre"] = ["suspend-certificates"],
        ["registry"] = ["register-resident", "change-attributes", "correct-attributes", "remove-resident", "record-ward-status"],
        ["auditor"] = [],
        ["statistics"] = [],
        ["administrator"] = ["record-legacy-certificate"],
    };

    public static TheoryData<string> Roles => [.. Silo.Security.Actors.RoleNames];

    private TownHall Hall => fixture.Hall;

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task A_role_may_send_its_own_commands_and_no_other(string role)
    {
        var person = await Hall.RegisterAsync();
        var samples = Samples.Commands(person);
        // The whole table of commands and roles is specified with the domain; here it is shown that the door asks it.
        Assert.Subset(StoredNames.Commands.Keys.ToHashSet(), samples.Select(each => each.Name()).ToHashSet());

        foreach (var command in samples)
        {
            var answer = await Hall.Line(role).CommandAsync(person.Id, Samples.Json(command));
            if (_mayDo[role].Contains(command.Name()))
                Assert.True(answer.Status != HttpStatusCode.Forbidden, $"{role} was refused {command.Name()}: {answer.Body}");
            else
                answer.AssertProblem(HttpStatusCode.Forbidden, command is SuspendCertificates ? "SuspensionOnlyByCallCentre" : "RoleMayNot");
        }
    }

    [Fact]
    public async Task A_recording_error_takes_two_officers()
    {
        var person = await Hall.RegisterAsync();
        var command = Samples.Json(new RevokeCertificates(
            [CertificateKind.Signature], RevocationCause.RecordingError, new IdentityCheck(IdentityDocument.DrivingLicence)));

        foreach (var role in new[] { "clerk", "supervisor" })
            (await Hall.Line(role).CommandAsync(person.Id, command)).AssertProblem(HttpStatusCode.Forbidden, "SecondOfficerNeeded");
    }

    [Fact]
    [Trait("Rule", "S30")]
    public async Task A_clerk_asked_for_a_suspension_is_told_the_three_numbers()
    {
        var person = await Hall.RegisterAsync();

        var answer = await Hall.Line("clerk").CommandAsync(person.Id, Samples.Json(new SuspendCertificates()));

        answer.AssertProblem(HttpStatusCode.Forbidden, "SuspensionOnlyByCallCentre");
        Assert.Equal("S30", answer.Rule);
        foreach (var sentence in new[] { answer.Json["japanese"]!.GetValue<string>(), answer.Json["english"]!.GetValue<string>() })
            Assert.All(["0120-95-0178", "0570-783-578", "050-3818-1250"], number => Assert.Contains(number, sentence, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Rule", "S14")]
    [Trait("Rule", "S23")]
    public async Task An_office_acts_for_its_own_municipality_and_must_be_registered()
    {
        var person = await Hall.RegisterAsync();
        var handOver = Samples.Of("hand-over-card", person);

        (await Hall.Line("clerk", "132080001").CommandAsync(person.Id, handOver)).AssertProblem(HttpStatusCode.Forbidden, "OtherMunicipality");
        (await Hall.Line("registry", "132080001").CommandAsync(person.Id, Samples.Of("change-attributes", person)))
            .AssertProblem(HttpStatusCode.Forbidden, "OtherMunicipality");
        (await Hall.Line("clerk", null).CommandAsync(person.Id, handOver)).AssertProblem(HttpStatusCode.Forbidden, "OtherMunicipality");
        (await Hall.Line("clerk", "132070099").CommandAsync(person.Id, handOver)).AssertProblem(HttpStatusCode.Forbidden, "UnknownOffice");
        Assert.Equal(HttpStatusCode.OK, (await Hall.Line("clerk", "132070002").CommandAsync(person.Id, handOver)).Status);
    }

    [Theory]
    [InlineData("clerk", true, true, true)]
    [InlineData("supervisor", true, true, true)]
    [InlineData("call-centre", true, false, false)]
    [InlineData("auditor", true, false, true)]
    [InlineData("registry", false, false, false)]
    [InlineData("statistics", false, false, false)]
    [InlineData("administrator", false, false, false)]
    public async Task A_role_sees_what_its_work_needs(string role, bool state, bool attributes, bool history)
    {
        var person = await Hall.RegisterAsync();

        var seen = await Hall.Line(role).LookAtAsync($"residents/{person.Id}");
        var events = await Hall.Line(role).LookAtAsync($"residents/{person.Id}/events");
        var certificate = await Hall.Line(role).LookAtAsync($"residents/{person.Id}/certificates/7f");

        Assert.Equal(state ? HttpStatusCode.OK : HttpStatusCode.Forbidden, seen.Status);
        Assert.Equal(attributes, seen.Body.Contains(person.Attributes.Name, StringComparison.Ordinal));
        Assert.Equal(history ? HttpStatusCode.OK : HttpStatusCode.Forbidden, events.Status);
        certificate.AssertProblem(history ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, history ? "UnknownCertificate" : "RoleMayNot");
    }

    [Fact]
    public async Task Staff_of_another_municipality_see_nothing()
    {
        var person = await Hall.RegisterAsync();
        var stranger = Hall.Line("clerk", "132080001");

        foreach (var path in new[] { "", "/events", "/certificates/7f" })
            (await stranger.LookAtAsync($"residents/{person.Id}{path}")).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
    }

    [Fact]
    public async Task Only_an_administrator_moves_the_played_clock_and_only_forward()
    {
        foreach (var role in _mayDo.Keys.Where(role => role != "administrator"))
            (await MoveAsync(role, SiloProcess.Morning.AddYears(1))).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");

        (await MoveAsync("administrator", SiloProcess.Morning.AddHours(-1))).AssertProblem(HttpStatusCode.Conflict, "ClockGoesForward");
    }

    private Task<ApiAnswer> MoveAsync(string role, DateTimeOffset to) => ApiLine.SendAsync(
        Hall.Line(role),
        new HttpRequestMessage(HttpMethod.Put, "clock")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { to }),
        });
}
