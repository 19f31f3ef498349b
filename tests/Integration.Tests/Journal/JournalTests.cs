using System.Net;
using System.Text.Json.Nodes;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Api;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Journal;

/// <summary>What was refused and what was read, from the door to the row and back to the auditor.</summary>
[Collection(FragileTests.Name)]
[Trait("Rule", "B1")]
[Trait("Rule", "B3")]
public sealed class JournalTests(FragileTownHall fragile)
{
    private const string Path = "audit/13207/journal";

    // So long that no instant and no id has it by chance.
    private const int ImageLength = 1_987_654_321;

    private const string OfJournals = "type in ('attempt-refused.v1', 'record-read.v1')";

    private TownHall Hall => fragile.Hall;

    [Fact]
    public async Task A_refused_command_is_told_to_the_auditor_with_its_rule_and_leaves_nothing_of_what_was_sent()
    {
        var person = await Hall.RegisterAsync();
        var id = Guid.CreateVersion7();
        var image = new Domain.Evidence(new string('e', 64), "image/jpeg", ImageLength);
        var revocation = new RevokeCertificates(
            [Domain.CertificateKind.Signature], Domain.RevocationCause.HolderApplication, new(IdentityDocument.Passport, new(image, image)));

        var refused = await Hall.Line("clerk").SubmitAsync(person.Id, ApiLine.Envelope(id, Samples.Of("register-resident", person)));
        await Hall.Line("clerk").CommandAsync(person.Id, Samples.Json(revocation));

        refused.AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");
        var entries = await EntriesOfAsync(person);
        Assert.Equal(
            [("register-resident", "RoleMayNot", "house"), ("revoke-certificates", "EvidenceNotStored", "S26")],
            entries.Select(each => (Text(each, "provenance", "command"), Text(each, "entry", "code"), Text(each, "entry", "rule"))));
        Assert.Equal(id.ToString(), Text(entries[0], "provenance", "commandId"));
        Assert.Equal(("clerk-1", TownHall.CityHall), (Text(entries[0], "provenance", "by", "subject"), Text(entries[0], "provenance", "by", "office")));
        var rows = await fragile.AskDatabaseAsync<string>($"select string_agg(event::text, ' ') from ledger.mt_events event where {OfJournals}");
        Assert.Contains(person.Id.Value, rows, StringComparison.Ordinal);
        Assert.All([person.Attributes.Name, person.Attributes.Address, $"{person.Attributes.BirthDate:yyyy-MM-dd}", image.Sha256, $"{ImageLength}"], each =>
            Assert.DoesNotContain(each, rows, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_reads_a_resident_is_told_to_the_auditor()
    {
        var person = await Hall.RegisterAsync();
        foreach (var (role, path) in new[] { ("clerk", ""), ("auditor", "/events"), ("call-centre", "") })
            Assert.Equal(HttpStatusCode.OK, (await Hall.Line(role).LookAtAsync($"residents/{person.Id}{path}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Hall.Line("clerk", "132080001").LookAtAsync($"residents/{person.Id}")).Status);

        var entries = await EntriesOfAsync(person);

        Assert.Equal(
            [("clerk", "state"), ("auditor", "history"), ("callCentre", "state"), ("clerk", "RoleMayNot")],
            entries.Select(each => (Text(each, "provenance", "by", "role"), Text(each, "entry", "what") ?? Text(each, "entry", "code"))));
    }

    [Fact]
    public async Task Auditors_read_it_by_page_office_and_kind_and_are_in_it_themselves()
    {
        var person = await Hall.RegisterAsync();
        for (var n = 0; n < 3; n++)
            await Hall.Line("clerk", "132070002").LookAtAsync($"residents/{person.Id}");
        var sequences = new List<long>();
        string? next = "0";
        for (; next is not null; next = await PageAsync(next, sequences))
            Assert.True(sequences.Count < 100);

        Assert.True(sequences.Count >= 3);
        Assert.Equal(sequences.Distinct().Order(), sequences);
        Assert.Empty((JsonArray)(await LookAsync("?office=132070002&kind=attempt-refused&from=2026-06-01&to=2026-06-01")).Json["entries"]!);
        Assert.Empty((JsonArray)(await LookAsync("?office=132070002&to=2026-05-31")).Json["entries"]!);
        var lines = await AllAsync();
        Assert.Contains(lines, each => Text(each, "entry", "what") == "journal" && Text(each, "provenance", "by", "subject") == "auditor-1");
    }

    [Theory]
    [InlineData("clerk")]
    [InlineData("supervisor")]
    [InlineData("administrator")]
    [InlineData("call-centre")]
    public async Task Nobody_else_reads_it(string role) =>
        (await Hall.Line(role).LookAtAsync(Path)).AssertProblem(HttpStatusCode.Forbidden, "RoleMayNot");

    [Theory]
    [InlineData("audit/1320/journal")]
    [InlineData(Path + "?office=132080001")]
    [InlineData(Path + "?from=yesterday")]
    [InlineData(Path + "?kind=gossip")]
    [InlineData(Path + "?limit=1001")]
    public async Task A_question_it_does_not_understand_is_told_so(string path) =>
        (await Hall.Line("auditor").LookAtAsync(path)).AssertProblem(HttpStatusCode.BadRequest, "WrongQuery");

    [Fact]
    [Trait("Rule", "B4")]
    public async Task When_only_the_journal_cannot_be_written_nothing_is_read_and_nothing_refused()
    {
        var person = await Hall.RegisterAsync();
        await fragile.TellDatabaseAsync($"alter table ledger.mt_events add constraint no_journal check (not ({OfJournals})) not valid");
        try
        {
            var look = await Hall.Line("clerk").LookAtAsync($"residents/{person.Id}");
            var refusal = await Hall.Line("clerk").CommandAsync(person.Id, Samples.Json(new SuspendCertificates()));
            await Hall.DoAsync("registry", person.Id, new ChangeAttributes(person.Moved, new DateOnly(2026, 5, 30)));

            look.AssertProblem(HttpStatusCode.ServiceUnavailable, "JournalUnavailable");
            refusal.AssertProblem(HttpStatusCode.ServiceUnavailable, "OutcomeUnknown");
            Assert.DoesNotContain(person.Attributes.Name, look.Body, StringComparison.Ordinal);
        }
        finally
        {
            await fragile.TellDatabaseAsync("alter table ledger.mt_events drop constraint no_journal");
        }

        Assert.Empty(await EntriesOfAsync(person));
        Assert.Equal(HttpStatusCode.OK, (await Hall.Line("clerk").LookAtAsync($"residents/{person.Id}")).Status);
        Assert.Single(await EntriesOfAsync(person));
    }

    private async Task<string?> PageAsync(string after, List<long> sequences)
    {
        var page = (await LookAsync($"?office=132070002&kind=record-read&limit=2&after={after}")).Json;
        sequences.AddRange(((JsonArray)page["entries"]!).Select(each => each!["sequence"]!.GetValue<long>()));
        return page["next"]?.GetValue<string>();
    }

    private async Task<ApiAnswer> LookAsync(string question)
    {
        var answer = await Hall.Line("auditor").LookAtAsync(Path + question);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer;
    }

    private async Task<IReadOnlyList<JsonNode>> EntriesOfAsync(Person person) =>
        [.. (await AllAsync()).Where(each => each.ToJsonString().Contains(person.Id.Value, StringComparison.Ordinal))];

    private async Task<IReadOnlyList<JsonNode>> AllAsync()
    {
        var answer = await ApiLine.SendAsync(
            Hall.Line("auditor"), new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { Accept = { new("application/x-ndjson") } } });
        Assert.Equal("application/x-ndjson", answer.MediaType);
        return [.. answer.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    private static string? Text(JsonNode node, params string[] path) => path.Aggregate(node, (at, name) => at?[name]!)?.GetValue<string>();
}
