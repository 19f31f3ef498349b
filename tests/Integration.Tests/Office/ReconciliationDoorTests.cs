using System.Net;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Office;

/// <summary>Who may have the reconciliation run, and of what.</summary>
public sealed class ReconciliationDoorTests(TownHallFixture fixture)
{
    [Theory]
    [InlineData("clerk", "", HttpStatusCode.Forbidden)]
    [InlineData("call-centre", "", HttpStatusCode.Forbidden)]
    [InlineData("auditor", "resident=1", HttpStatusCode.BadRequest)]
    [InlineData("auditor", "office=1", HttpStatusCode.BadRequest)]
    public async Task It_is_for_administrators_and_auditors_who_name_what_there_can_be(string role, string query, HttpStatusCode expected)
    {
        using var answer = await fixture.Hall.Line(role).PostAsync($"jobs/reconciliation?{query}", null, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }
}
