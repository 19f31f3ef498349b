using System.Net;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Forgetting;

/// <summary>個人情報の消去, by the API: who may, when, and what is left.</summary>
[Trait("Rule", "B1")]
public sealed class ForgettingDoorTests(TownHallFixture fixture) : IAsyncLifetime
{
    private static readonly DateTimeOffset _afterTheTime = new(2036, 6, 3, 9, 0, 0, TimeSpan.FromHours(9));

    private TownHall _hall = null!;

    public async ValueTask InitializeAsync() => _hall = await TownHall.OpenAsync(fixture.Readers, ("Audit__CheckpointEvery", "00:00:01"));

    public ValueTask DisposeAsync() => _hall.DisposeAsync();

    [Fact]
    public async Task Who_moved_out_ten_years_ago_is_forgotten_and_the_record_stays_provable()
    {
        var person = await _hall.RegisterAsync();
        await _hall.DoAsync("registry", person.Id, new RemoveResident(RemovalCause.MovedOut, new DateOnly(2026, 6, 1), ContinuedUse: false));
        (await ForgetAsync("supervisor", person.Id)).AssertProblem(HttpStatusCode.Conflict, "RetentionNotOver");

        await _hall.MoveClockAsync(_afterTheTime);
        foreach (var role in new[] { "clerk", "auditor", "administrator" })
            (await ForgetAsync(role, person.Id)).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
        await Eventually.TrueAsync("the leaves", async () => (await ForgetAsync("supervisor", person.Id)).Status == HttpStatusCode.OK);

        var seen = await _hall.Line("supervisor").LookAtAsync($"residents/{person.Id}");
        Assert.Equal(HttpStatusCode.OK, seen.Status);
        Assert.DoesNotContain(person.Attributes.Name, seen.Body, StringComparison.Ordinal);
        Assert.Contains("消去済", seen.Body, StringComparison.Ordinal);
        var export = await _hall.Line("auditor").LookAtAsync($"audit/{Person.Municipality}/export");
        Assert.DoesNotContain(person.Attributes.Name, export.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Attributes.Address, export.Body, StringComparison.Ordinal);
        Assert.Contains("bodies-masked.v1", export.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_registered_or_another_towns_is_not_forgotten()
    {
        var person = await _hall.RegisterAsync();

        (await ForgetAsync("supervisor", person.Id)).AssertProblem(HttpStatusCode.Conflict, "StillRegistered");
        (await ForgetAsync("supervisor", ResidentId.Parse("13208-00000001"))).AssertProblem(HttpStatusCode.NotFound, "UnknownResident");
    }

    private Task<ApiAnswer> ForgetAsync(string role, ResidentId resident) => ApiLine.SendAsync(
        _hall.Line(role), new HttpRequestMessage(HttpMethod.Post, $"audit/{Person.Municipality}/residents/{resident}/forgetting"));
}
