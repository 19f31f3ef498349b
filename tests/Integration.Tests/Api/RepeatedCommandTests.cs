using System.Net;
using System.Text.Json.Nodes;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Api;

/// <summary>The same command id is answered again and done once, however it comes.</summary>
public sealed class RepeatedCommandTests(TownHallFixture fixture)
{
    private const int Senders = 16;

    private TownHall Hall => fixture.Hall;

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Sent_twice_it_is_answered_the_same_and_done_once()
    {
        var person = Person.Next();
        var body = ApiLine.Envelope(Guid.CreateVersion7(), Samples.Of("register-resident", person));

        var first = await Hall.Line("registry").SubmitAsync(person.Id, body);
        var second = await Hall.Line("registry").SubmitAsync(person.Id, body);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal(first, second);
        Assert.Equal(1, await VersionAsync(person));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Sent_by_many_at_once_it_is_done_once_and_all_are_answered_the_same()
    {
        var person = Person.Next();
        var body = ApiLine.Envelope(Guid.CreateVersion7(), Samples.Of("register-resident", person));

        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Hall.Line("registry").SubmitAsync(person.Id, body)));

        Assert.Single(answers.Distinct());
        Assert.Equal(1, await VersionAsync(person));
    }

    [Fact]
    [Trait("Rule", "S17")]
    public async Task Different_hand_overs_at_once_give_one_card_one_application_and_one_settlement()
    {
        var person = await Hall.RegisterAsync();
        var handOver = Samples.Of("hand-over-card", person);

        var answers = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Hall.Line("clerk").CommandAsync(person.Id, handOver)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(Senders - 1, answers.Count(answer => answer.Code == "CardAlreadyHandedOver"));
        Assert.Equal(4, await VersionAsync(person));
    }

    [Fact]
    public async Task A_refused_id_may_be_tried_again_when_the_reason_is_gone()
    {
        var person = Person.Next();
        var id = Guid.CreateVersion7();
        var handOver = ApiLine.Envelope(id, Samples.Of("hand-over-card", person));

        (await Hall.Line("clerk").SubmitAsync(person.Id, handOver)).AssertProblem(HttpStatusCode.NotFound, "UnknownResident");
        await Hall.Line("registry").CommandAsync(person.Id, Samples.Of("register-resident", person));

        Assert.Equal(HttpStatusCode.OK, (await Hall.Line("clerk").SubmitAsync(person.Id, handOver)).Status);
    }

    private async Task<long> VersionAsync(Person person)
    {
        var events = JsonNode.Parse((await Hall.Line("auditor").LookAtAsync($"residents/{person.Id}/events")).Body)!.AsArray();
        return events.Count;
    }
}
