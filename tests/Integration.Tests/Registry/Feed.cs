using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Registry;

/// <summary>One line of the feed's answer.</summary>
internal sealed record Report(int Line, string? Number, string Outcome, string? Code, string[] Events);

/// <summary>The feed's whole answer, as text and as its lines.</summary>
internal sealed record FeedAnswer(string Text, IReadOnlyList<Report> Reports, string Summary)
{
    public static FeedAnswer Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(text, [.. lines[..^1].Select(ParseLine)], lines[^1]);
    }

    public static Report ParseLine(string line)
    {
        var node = JsonNode.Parse(line)!;
        return new(
            node["line"]!.GetValue<int>(),
            node["changeNumber"]?.GetValue<string>(),
            node["outcome"]!.GetValue<string>(),
            node["code"]?.GetValue<string>(),
            [.. node["events"]!.AsArray().Select(each => each!.GetValue<string>())]);
    }
}

/// <summary>The registry's side of the feed: numbers never given twice, lines, and the line to the API.</summary>
internal static class Feed
{
    private static int _number;
    private static int _resident = 70_000_000;

    public static string NextNumber() =>
        string.Create(CultureInfo.InvariantCulture, $"13207-2026-{Interlocked.Increment(ref _number):D6}");

    /// <summary>Far from the numbers of those who hold cards.</summary>
    public static string NextResident() =>
        string.Create(CultureInfo.InvariantCulture, $"13207-{Interlocked.Increment(ref _resident):D8}");

    public static FourAttributes Someone(string address = "東京都昭島市田中町1-17-1") =>
        new("昭島 くじら太", address, new DateOnly(1980, 2, 29), Sex.Male);

    public static string Line(string number, string resident, string kind, FourAttributes attributes, string occurredOn = "2026-05-30") => new JsonObject
    {
        ["changeNumber"] = number,
        ["resident"] = resident,
        ["kind"] = kind,
        ["occurredOn"] = occurredOn,
        ["attributes"] = System.Text.Json.JsonSerializer.SerializeToNode(attributes, Contract.Options),
    }.ToJsonString(new(Contract.Options));

    public static string Registered(string resident) => Line(NextNumber(), resident, "registered", Someone(), "2020-04-01");

    public static async Task<FeedAnswer> SendAsync(TownHall hall, params IEnumerable<string> lines) =>
        await SendAsync(hall, Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    public static async Task<FeedAnswer> SendAsync(TownHall hall, byte[] octets)
    {
        using var http = hall.LineWith(hall.Token("registry", TownHall.CityHall));
        http.Timeout = Timeout.InfiniteTimeSpan;
        using var answer = await PostAsync(http, octets);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return FeedAnswer.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static Task<HttpResponseMessage> PostAsync(HttpClient http, byte[] octets, string mediaType = "application/x-ndjson")
    {
        var content = new ByteArrayContent(octets) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return http.PostAsync(new Uri("registry/changes", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
