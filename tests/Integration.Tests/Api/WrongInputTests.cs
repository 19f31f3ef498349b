using System.Net;
using Jpki.Domain.Identifiers;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Api;

/// <summary>Whatever is sent is answered with a name and a sentence, and never repeated, neither to the sender nor in the log.</summary>
public sealed class WrongInputTests(TownHallFixture fixture)
{
    /// <summary>Stands wherever somebody's name might.</summary>
    private const string Secret = "密田ひみつ子";

    private const string Attributes = $$"""{"name":"{{Secret}}","address":"東京都昭島市{{Secret}}","birthDate":"1990-09-23","sex":"female"}""";

    private TownHall Hall => fixture.Hall;

    public static TheoryData<string, string> Bodies => new()
    {
        { "", "MalformedJson" },
        { "{", "MalformedJson" },
        { $$"""{"{{Secret}}""", "MalformedJson" },
        { "[]", "NoCommand" },
        { "null", "NoCommand" },
        { $"\"{Secret}\"", "NoCommand" },
        { "{}", "NoCommand" },
        { $$"""{"commandId":"{{Secret}}"}""", "NoCommand" },
        { Whole($$"""{"type":"{{Secret}}"}"""), "UnknownCommand" },
        { Whole($$"""{"attributes":{{Attributes}}}"""), "UnknownCommand" },
        { Whole("""{"type":17}"""), "UnknownCommand" },
        { Whole("""{"type":"order-certificate"}"""), "UnknownCommand" },
        { Whole("""{"type":"record-certificate"}"""), "UnknownCommand" },
        { Whole($$"""{"type":"register-resident","attributes":{{Attributes}}}"""), "MalformedJson" },
        { Whole($$"""{"type":"register-resident","attributes":"{{Secret}}","occurredOn":"2020-04-01"}"""), "MalformedJson" },
        { Whole($$"""{"type":"register-resident","attributes":{{Attributes}},"occurredOn":"{{Secret}}"}"""), "MalformedJson" },
        { Whole($$"""{"type":"register-resident","attributes":{{Attributes}},"occurredOn":null}"""), "MalformedJson" },
        { Whole($$"""{"type":"register-resident","attributes":{{Attributes}},"occurredOn":"2020-04-01","{{Secret}}":1}"""), "MalformedJson" },
        { Whole($$"""{"type":"register-resident","attributes":{{Attributes}},"attributes":{{Attributes}},"occurredOn":"2020-04-01"}"""), "MalformedJson" },
        { Register(Attributes.Replace("\"female\"", $"\"{Secret}\"", StringComparison.Ordinal)), "MalformedJson" },
        { Register(Attributes.Replace("\"female\"", "2", StringComparison.Ordinal)), "MalformedJson" },
        { Register(Attributes.Replace("\"female\"", "\"female, male\"", StringComparison.Ordinal)), "MalformedJson" },
        { Register(Attributes.Replace("1990-09-23", "1990-02-30", StringComparison.Ordinal)), "MalformedJson" },
        { Register(Attributes.Replace("1990-09-23", "1867-12-31", StringComparison.Ordinal)), "WrongShape" },
        { Register(Attributes.Replace("1990-09-23", "2020-04-02", StringComparison.Ordinal)), "WrongShape" },
        { Register(Attributes.Replace($"\"{Secret}\"", "\" \"", StringComparison.Ordinal)), "WrongShape" },
        { Register(Attributes.Replace($"\"{Secret}\"", $"\"{Secret}\\u0000\"", StringComparison.Ordinal)), "WrongShape" },
        { Register(Attributes.Replace($"\"{Secret}\"", $"\"{string.Concat(Enumerable.Repeat(Secret, 20))}\"", StringComparison.Ordinal)), "WrongShape" },
        { Envelope("00000000-0000-0000-0000-000000000000", $$"""{"type":"suspend-certificates"}"""), "MalformedJson" },
        { Envelope(Secret, $$"""{"type":"suspend-certificates"}"""), "MalformedJson" },
        { Whole(string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20)), "MalformedJson" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_not_of_the_contract_is_answered_by_what_is_wrong_with_it(string body, string code)
    {
        var answer = await Hall.Line("registry").SubmitAsync(Person.Next().Id, body);

        answer.AssertProblem(HttpStatusCode.BadRequest, code);
        AssertNotRepeated(answer);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/xml")]
    public async Task A_body_that_does_not_call_itself_JSON_is_not_read(string contentType)
    {
        var answer = await Hall.Line("registry").SubmitAsync(Person.Next().Id, Register(Attributes), contentType);

        answer.AssertProblem(HttpStatusCode.UnsupportedMediaType, "WrongContentType");
        AssertNotRepeated(answer);
    }

    [Fact]
    public async Task A_body_beyond_64_KiB_is_too_large()
    {
        var body = Register(Attributes) + new string(' ', 64 * 1024);

        var answer = await Hall.Line("registry").SubmitAsync(Person.Next().Id, body);

        answer.AssertProblem(HttpStatusCode.RequestEntityTooLarge, "TooLarge");
        AssertNotRepeated(answer);
    }

    [Theory]
    [InlineData("13207-1")]
    [InlineData("13207-0000000A")]
    [InlineData("13207-%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91")]
    [InlineData("'%20or%201=1--")]
    public async Task A_malformed_resident_number_is_named_as_such(string number)
    {
        foreach (var path in new[] { "", "/events", "/certificates/7f" })
            (await Hall.Line("clerk").LookAtAsync($"residents/{number}{path}")).AssertProblem(HttpStatusCode.BadRequest, "MalformedResidentId");
    }

    [Fact]
    [Trait("Rule", "S23")]
    public async Task Nobody_is_not_found_wherever_one_looks()
    {
        var nobody = Person.Next();

        (await Hall.Line("clerk").LookAtAsync($"residents/{nobody.Id}")).AssertProblem(HttpStatusCode.NotFound, "UnknownResident");
        (await Hall.Line("auditor").LookAtAsync($"residents/{nobody.Id}/events")).AssertProblem(HttpStatusCode.NotFound, "UnknownResident");
        (await Hall.Line("auditor").LookAtAsync($"residents/{nobody.Id}/certificates/7f")).AssertProblem(HttpStatusCode.NotFound, "UnknownCertificate");
        (await Hall.Line("auditor").LookAtAsync($"residents/{nobody.Id}/certificates/x")).AssertProblem(HttpStatusCode.NotFound, "UnknownCertificate");
        foreach (var command in new[] { "hand-over-card", "apply-for-certificates", "request-certificate", "release-certificates" })
        {
            (await Hall.Line("clerk").CommandAsync(nobody.Id, Samples.Of(command, nobody)))
                .AssertProblem(HttpStatusCode.NotFound, "UnknownResident");
        }

        var elsewhere = ResidentId.Parse("99999-00000001");
        (await Hall.Line("call-centre").CommandAsync(elsewhere, Samples.Of("suspend-certificates", nobody)))
            .AssertProblem(HttpStatusCode.NotFound, "UnknownResident");
    }

    [Fact]
    public async Task What_does_not_exist_or_is_not_done_there_is_a_problem_too()
    {
        (await Hall.Line("clerk").LookAtAsync("no/such/door")).AssertProblem(HttpStatusCode.NotFound, "NoSuchDoor");
        (await Hall.Line("clerk").LookAtAsync($"residents/{Person.Next().Id}/commands")).AssertProblem(HttpStatusCode.MethodNotAllowed, "WrongMethod");
        (await Hall.Line("clerk").LookAtAsync("authorities/both/certificate")).AssertProblem(HttpStatusCode.NotFound, "UnknownAuthority");
    }

    [Theory]
    [InlineData("{\"to\":\"yesterday\"}")]
    [InlineData("{")]
    [InlineData("{}")]
    public async Task A_clock_cannot_be_moved_to_anything_but_an_instant(string body)
    {
        var answer = await ApiLine.SendAsync(
            Hall.Line("administrator"),
            new HttpRequestMessage(HttpMethod.Put, "clock") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") });

        answer.AssertProblem(HttpStatusCode.BadRequest, "BadRequest");
    }

    private static string Register(string attributes) =>
        Whole($$"""{"type":"register-resident","attributes":{{attributes}},"occurredOn":"2020-04-01"}""");

    private static string Whole(string command) => Envelope("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001", command);

    private static string Envelope(string id, string command) => $$"""{"commandId":"{{id}}","command":{{command}}}""";

    private void AssertNotRepeated(ApiAnswer answer)
    {
        Assert.DoesNotContain("ひみつ子", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("ひみつ子", Hall.Silo.Log, StringComparison.Ordinal);
    }
}
