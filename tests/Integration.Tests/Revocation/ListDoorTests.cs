using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Revocation;

/// <summary>The lists over HTTP, for anybody.</summary>
public sealed class ListDoorTests(TownHallFixture fixture) : IDisposable
{
    private readonly RelyingParty party = new(fixture.Hall.Silo.PublicAddress);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static TheoryData<CertificateKind, string, int> EveryList { get; } = new(
        from kind in Enum.GetValues<CertificateKind>() from list in new[] { (".crl", 3600), (".delta.crl", 30) } select (kind, list.Item1, list.Item2));

    public void Dispose() => party.Dispose();

    [Theory, MemberData(nameof(EveryList))]
    public async Task A_list_comes_whole_with_what_caches_need_to_know(CertificateKind kind, string suffix, int longest)
    {
        await party.WaitForAsync("the list", kind, suffix, _ => true);

        using var answer = await party.SendAsync(HttpMethod.Get, await party.PathAsync(kind, suffix));

        var content = await answer.Content.ReadAsByteArrayAsync(Now);
        Assert.Equal("application/pkix-crl", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal(content.Length, answer.Content.Headers.ContentLength);
        Assert.Equal($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"", answer.Headers.ETag?.ToString());
        Assert.InRange(answer.Headers.CacheControl!.MaxAge!.Value.TotalSeconds, 0, longest);
        Assert.NotNull(answer.Content.Headers.LastModified);
    }

    [Fact]
    public async Task Who_has_it_is_told_so_and_who_asks_for_the_head_gets_the_head()
    {
        var path = await party.PathAsync(CertificateKind.Signature, ".crl");
        await party.WaitForAsync("the list", CertificateKind.Signature, ".crl", _ => true);
        using var head = await party.SendAsync(HttpMethod.Head, path);
        using var again = await party.SendAsync(HttpMethod.Get, path, head.Headers.ETag!.ToString());
        using var other = await party.SendAsync(HttpMethod.Get, path, "\"other\"");

        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Now));
        Assert.True(head.Content.Headers.ContentLength > 0);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.NotNull(again.Headers.CacheControl);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("crl/signature/0123456789abcdef/13207.crl")]
    [InlineData("crl/signature/{key}/13218.crl")]
    [InlineData("crl/signature/{key}/abcde.delta.crl")]
    [InlineData("crl/user-authentication/{key}/13207.crl")]
    public async Task What_is_nobodys_list_is_not_found(string path)
    {
        var key = (await party.PathAsync(CertificateKind.Signature, ".crl")).Split('/')[2];

        using var answer = await party.SendAsync(HttpMethod.Get, path.Replace("{key}", key, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Now));
        Assert.Equal("NoSuchList", problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_administrator_publishes_out_of_turn_and_nobody_else()
    {
        using var refused = await fixture.Hall.Line("clerk").PostAsync("jobs/revocation-lists/publish", null, Now);
        using var answer = await fixture.Hall.Line("administrator").PostAsync("jobs/revocation-lists/publish", null, Now);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var reports = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Now));
        foreach (var report in reports.RootElement.EnumerateArray())
        {
            var kind = report.GetProperty("authority").GetString() == "signature" ? CertificateKind.Signature : CertificateKind.UserAuthentication;
            var list = await party.ReadAsync(kind, ".crl");
            Assert.True(list!.Number >= report.GetProperty("number").GetInt64());
            Assert.Equal(
                TimeSpan.FromHours(48),
                DateTimeOffset.Parse(report.GetProperty("nextUpdate").GetString()!, CultureInfo.InvariantCulture)
                - DateTimeOffset.Parse(report.GetProperty("thisUpdate").GetString()!, CultureInfo.InvariantCulture));
        }

        Assert.Equal(2, reports.RootElement.GetArrayLength());
    }
}
