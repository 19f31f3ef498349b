using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Jpki.Domain.Identifiers;

namespace Jpki.Integration.Tests.Support;

/// <summary>An answer of the API, as it came over the wire.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string? MediaType, string Body)
{
    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;

    public string? Code => MediaType == "application/problem+json" ? Json["code"]?.GetValue<string>() : null;

    public string? Rule => Json["rule"]?.GetValue<string>();

    /// <summary>Fails unless it is a "no" with a name of its own and a sentence in both languages.</summary>
    public void AssertProblem(HttpStatusCode status, string code)
    {
        Assert.True(Status == status && Code == code, $"{code} ({(int)status}) was expected; it was {(int)Status}: {Body}");
        Assert.Equal((int)status, Json["status"]!.GetValue<int>());
        Assert.Equal($"urn:jpki-orleans:{Json["type"]!.GetValue<string>().Split(':')[2]}:{code}", Json["type"]!.GetValue<string>());
        Assert.Matches(@"\p{IsHiragana}", Json["japanese"]!.GetValue<string>());
        Assert.Matches("[a-z]", Json["english"]!.GetValue<string>());
        Assert.True(Json.ContainsKey("rule"));
    }
}

/// <summary>The API spoken to with bare hands: any text, any content type.</summary>
internal static class ApiLine
{
    public static Task<ApiAnswer> LookAtAsync(this HttpClient line, string path) =>
        SendAsync(line, new HttpRequestMessage(HttpMethod.Get, path));

    public static Task<ApiAnswer> SubmitAsync(this HttpClient line, ResidentId resident, string body, string contentType = "application/json") =>
        SendAsync(line, new HttpRequestMessage(HttpMethod.Post, $"residents/{resident}/commands")
        {
            Content = new StringContent(body, Encoding.UTF8, contentType),
        });

    /// <summary>Sends a command under a fresh id.</summary>
    /// <param name="command">The command's JSON.</param>
    public static Task<ApiAnswer> CommandAsync(this HttpClient line, ResidentId resident, string command) =>
        line.SubmitAsync(resident, Envelope(Guid.CreateVersion7(), command));

    public static string Envelope(Guid id, string command) => $$"""{"commandId":"{{id}}","command":{{command}}}""";

    public static async Task<ApiAnswer> SendAsync(HttpClient line, HttpRequestMessage request)
    {
        using (request)
        using (var response = await line.SendAsync(request, TestContext.Current.CancellationToken))
        {
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
        }
    }
}
