using System.Net;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Deaths;

/// <summary>The database goes away, for a moment or for longer, and the counter carries on when it is back (B4).</summary>
[Collection(FragileTests.Name)]
public sealed class DatabaseStoppedTests(FragileTownHall fragile)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Rule", "B4")]
    [InlineData("hand-over-card", Moment.BeforeItIsSent)]
    [InlineData("request-certificate", Moment.BeforeItIsSent)]
    [InlineData("request-certificate", Moment.BeforeItIsHeard)]
    [InlineData("confirm-certificate", Moment.BeforeItIsHeard)]
    public async Task Restarted_around_a_command_it_is_not_noticed_at_the_counter(string command, Moment moment)
    {
        await using var slot = await fragile.Readers.RentAsync();
        var visit = await fragile.VisitAsync(slot);
        var line = visit.Expecting(command, moment, async () =>
        {
            await fragile.Database.StopAsync(immediate: true, Now);
            await fragile.Database.StartAgainAsync(Now);
        });

        Visit.AssertCompleted(await visit.HandOverAsync());

        Assert.True(line.HasHappened);
        Assert.Empty(visit.Front.Interruptions);
        await Wholeness.AssertAsync(fragile.Hall, slot, visit.Person, CertificateKind.Signature, CertificateKind.UserAuthentication);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Stopped_for_longer_the_clerk_is_told_to_wait_and_goes_on()
    {
        await using var slot = await fragile.Readers.RentAsync();
        var visit = await fragile.VisitAsync(slot);
        visit.Expecting("request-certificate", Moment.BeforeItIsSent, () => fragile.Database.StopAsync(immediate: false, Now));
        HttpStatusCode? ready = null;
        visit.Front.Continue = async _ =>
        {
            ready = (await fragile.Hall.Line("clerk").LookAtAsync("health/ready")).Status;
            await fragile.Database.StartAgainAsync(Now);
            return true;
        };

        Visit.AssertCompleted(await visit.HandOverAsync());

        var told = Assert.Single(visit.Front.Interruptions);
        Assert.Equal("back-office-unreachable", told.Code);
        Assert.Contains("続ける", told.Japanese, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready);
        await Wholeness.AssertAsync(fragile.Hall, slot, visit.Person, CertificateKind.Signature, CertificateKind.UserAuthentication);
    }

    [Fact]
    public async Task While_it_is_away_a_reader_of_the_API_is_told_to_come_again()
    {
        var person = await fragile.Hall.RegisterAsync();
        var unknown = Person.Next();
        await fragile.Database.StopAsync(immediate: true, Now);
        try
        {
            var history = await fragile.Hall.Line("auditor").LookAtAsync($"residents/{person.Id}/events");
            var look = await fragile.Hall.Line("clerk").LookAtAsync($"residents/{unknown.Id}");
            var command = await fragile.Hall.Line("registry").CommandAsync(unknown.Id, Api.Samples.Of("register-resident", unknown));

            history.AssertProblem(HttpStatusCode.ServiceUnavailable, "Unavailable");
            look.AssertProblem(HttpStatusCode.ServiceUnavailable, "Unavailable");
            command.AssertProblem(HttpStatusCode.ServiceUnavailable, "Unavailable");
        }
        finally
        {
            await fragile.Database.StartAgainAsync(Now);
        }
    }
}
