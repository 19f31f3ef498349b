using System.Net;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Bulk;

/// <summary>Who may send a list, and what has to be said with it.</summary>
public sealed class BulkDoorTests(TownHallFixture fixture)
{
    [Theory]
    [InlineData("clerk", "commandId=0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001&reason=keyLeaked", HttpStatusCode.Forbidden)]
    [InlineData("administrator", "commandId=0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001&reason=keyLeaked", HttpStatusCode.Forbidden)]
    [InlineData("supervisor", "reason=keyLeaked", HttpStatusCode.BadRequest)]
    [InlineData("supervisor", "commandId=0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001&reason=whim", HttpStatusCode.BadRequest)]
    public async Task It_is_for_supervisors_who_say_why(string role, string query, HttpStatusCode expected)
    {
        using var answer = await fixture.Hall.Line(role).PostAsync($"bulk?{query}", BulkApiTests.FileOf(["13207-00000001,0a01"]), TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }
}
