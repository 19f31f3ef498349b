using System.Net;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Reports;

/// <summary>Who may ask for figures, and what becomes of questions that make no sense.</summary>
public sealed class WhoMayAskTests(TownHallFixture fixture)
{
    [Theory]
    [InlineData("reports", "statistics auditor supervisor")]
    [InlineData("reports/cash-sheet", "statistics auditor supervisor")]
    [InlineData("statistics", "statistics auditor supervisor")]
    [InlineData("statistics/status", "statistics auditor administrator")]
    public async Task Figures_are_for_reporters_auditors_and_supervisors(string path, string roles)
    {
        foreach (var role in Silo.Security.Actors.RoleNames)
        {
            var answer = await fixture.Hall.Line(role).LookAtAsync(path);
            if (roles.Split(' ').Contains(role))
                Assert.Equal(HttpStatusCode.OK, answer.Status);
            else
                answer.AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
        }
    }

    [Fact]
    public async Task A_supervisor_sees_the_own_municipality_only()
    {
        var stranger = fixture.Hall.Line("supervisor", "132020001");

        Assert.Empty((await stranger.LookAtAsync("statistics?from=2000-01-01")).Json["cells"]!.AsArray());
        (await stranger.LookAtAsync("reports/cash-sheet?office=132070001")).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
    }

    [Theory]
    [InlineData("reports/atlantis", HttpStatusCode.NotFound, "NoSuchReport")]
    [InlineData("reports/cash-sheet?format=pdf", HttpStatusCode.BadRequest, "UnknownFormat")]
    [InlineData("reports/cash-sheet?lang=fr", HttpStatusCode.BadRequest, "UnknownLanguage")]
    [InlineData("reports/cash-sheet?from=yesterday", HttpStatusCode.BadRequest, "MalformedDay")]
    [InlineData("reports/renewal-notices?to=9999-12-31", HttpStatusCode.BadRequest, "MalformedDay")]
    [InlineData("reports/cash-sheet?from=2026-06-02&to=2026-06-01", HttpStatusCode.BadRequest, "DaysReversed")]
    [InlineData("reports/cash-sheet?office=1", HttpStatusCode.BadRequest, "MalformedOffice")]
    [InlineData("statistics?figure=weather", HttpStatusCode.BadRequest, "UnknownFigure")]
    [InlineData("statistics?limit=0", HttpStatusCode.BadRequest, "LimitOutOfRange")]
    [InlineData("statistics?cursor=nowhere", HttpStatusCode.BadRequest, "MalformedCursor")]
    public async Task A_question_that_makes_no_sense_is_told_why(string path, HttpStatusCode status, string code) =>
        (await fixture.Hall.Line("auditor").LookAtAsync(path)).AssertProblem(status, code);

    [Fact]
    public async Task Jobs_are_for_administrators_and_want_a_folder()
    {
        foreach (var path in new[] { "jobs/reports", "jobs/statistics/rebuild" })
            (await ApiLine.SendAsync(fixture.Hall.Line("auditor"), new HttpRequestMessage(HttpMethod.Post, path))).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
        (await ApiLine.SendAsync(fixture.Hall.Line("administrator"), new HttpRequestMessage(HttpMethod.Post, "jobs/reports")))
            .AssertProblem(HttpStatusCode.NotFound, "NoReportFolder");
    }
}
