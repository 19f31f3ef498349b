using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Jpki.Domain;
using Jpki.Pki.Ocsp;
using Jpki.Silo.PublicSide;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Jpki.Silo.Tests.Revocation;

/// <summary>The endpoints on a server of their own, spoken to over sockets.</summary>
public sealed class OcspOverHttpTests : IAsyncLifetime
{
    private readonly OcspScene scene = new();
    private WebApplication app = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        app = builder.Build();
        app.MapGroup("/pki").MapOcsp(scene.Desk);
        await app.StartAsync(TestContext.Current.CancellationToken);
        http = new() { BaseAddress = new(app.Urls.Single()) };
        scene.Set(1, RevocationStatus.Good.Instance);
        await scene.HearAsync();
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.DisposeAsync();
        scene.Dispose();
    }

    [Fact]
    public async Task A_posted_request_is_answered_and_nobody_keeps_the_answer()
    {
        using var answer = await PostAsync(scene.Request(1), "application/ocsp-request");

        Assert.Equal("application/ocsp-response", answer.Content.Headers.ContentType?.ToString());
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("good", OcspScene.Verdict(await BodyAsync(answer)));
    }

    [Fact]
    public async Task Base64_is_understood_escaped_and_as_it_is_with_its_slashes_and_plus_signs()
    {
        // Serial numbers whose request, in Base64, has every character that servers like to change.
        var request = Enumerable.Range(0, 256).Select(number => Convert.ToBase64String(scene.Request(number, nonce: [0xFB, 0xEF, (byte)number, 0xFF, 0xFF, 0xFF])))
            .First(text => text.Contains('+', StringComparison.Ordinal) && text.Contains("//", StringComparison.Ordinal));

        foreach (var path in new[] { request, Uri.EscapeDataString(request), request.Replace("/", "%2f", StringComparison.Ordinal), request + "?x=/ocsp/" })
            Assert.Matches("good|unknown", await RawGetAsync("/pki/ocsp/" + path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MEow")]
    [InlineData("not%20base64!")]
    [InlineData("%")]
    public async Task What_is_no_request_is_malformed_and_no_error_of_the_server(string path) =>
        Assert.Equal("refused 1", await RawGetAsync("/pki/ocsp/" + path));

    [Fact]
    public async Task An_answer_fetched_may_be_kept_for_half_a_minute_and_is_known_again_by_its_tag()
    {
        using var first = await http.GetAsync(Path(scene.Request(1)), TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(30), first.Headers.CacheControl?.MaxAge);
        Assert.True(first.Headers.CacheControl?.Public);
        Assert.Equal(scene.Civil.Utc, first.Content.Headers.LastModified);

        using var again = new HttpRequestMessage(HttpMethod.Get, Path(scene.Request(1)));
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await BodyAsync(second));

        using var withNonce = await http.GetAsync(Path(scene.Request(1, nonce: [1])), TestContext.Current.CancellationToken);
        Assert.True(withNonce.Headers.CacheControl?.NoStore);
        Assert.Null(withNonce.Headers.ETag);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_of_another_type_is_refused_by_HTTP()
    {
        using var longBody = await PostAsync(new byte[OcspRequestReader.LongestRequest + 1], "application/ocsp-request");
        using var otherType = await PostAsync(scene.Request(1), "application/octet-stream");
        using var malformed = await PostAsync(new byte[OcspRequestReader.LongestRequest], "application/ocsp-request");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, longBody.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, otherType.StatusCode);
        Assert.Equal("refused 1", OcspScene.Verdict(await BodyAsync(malformed)));
    }

    private static string Path(byte[] request) => "pki/ocsp/" + Uri.EscapeDataString(Convert.ToBase64String(request));

    private Task<HttpResponseMessage> PostAsync(byte[] body, string type) => http.PostAsync(
        "pki/ocsp", new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } }, TestContext.Current.CancellationToken);

    private static Task<byte[]> BodyAsync(HttpResponseMessage answer) => answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

    /// <summary>With the path exactly as given; HttpClient would tidy it up.</summary>
    private async Task<string> RawGetAsync(string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: ocsp\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, TestContext.Current.CancellationToken);
        var answer = received.ToArray();
        var body = answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(answer), StringComparison.Ordinal);
        return OcspScene.Verdict(answer[body..]);
    }
}
