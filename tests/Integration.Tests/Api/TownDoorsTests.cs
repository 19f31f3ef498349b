using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jpki.Domain.Json;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Api;

/// <summary>What the town hall tells about itself.</summary>
public sealed class TownDoorsTests(TownHallFixture fixture)
{
    private TownHall Hall => fixture.Hall;

    [Fact]
    public async Task The_published_description_names_every_path_and_every_command_and_event()
    {
        var answer = await Hall.Line("clerk").LookAtAsync("openapi/v1.json");
        using var document = JsonDocument.Parse(answer.Body);

        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(each => each.Name).ToHashSet();
        Assert.All(
            ["/authorities/{kind}/certificate", "/clock", "/contacts", "/residents/{id}", "/residents/{id}/certificates/{serial}",
                "/residents/{id}/commands", "/residents/{id}/events", "/registry/changes", "/legacy/import", "/evidence/{sha256}", "/worklist"],
            path => Assert.Contains(path, paths));
        var strings = Strings(document.RootElement).ToHashSet();
        Assert.All(StoredNames.Commands.Keys.Concat(StoredNames.Events.Keys), name => Assert.Contains(name, strings));
        Assert.Contains("TEST", document.RootElement.GetProperty("info").GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_alive_and_ready()
    {
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync("health/live"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await HealthAsync("health/ready"));
    }

    [Fact]
    public async Task The_clock_says_that_it_is_played()
    {
        var clock = (await Hall.Line("statistics").LookAtAsync("clock")).Json;

        Assert.True(clock["played"]!.GetValue<bool>());
        Assert.InRange(clock["now"]!.GetValue<DateTimeOffset>(), SiloProcess.Morning, SiloProcess.Morning.AddHours(1));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("user-authentication")]
    public async Task An_authority_shows_a_certificate_that_says_it_is_a_test(string kind)
    {
        var der = await Hall.Line("clerk").GetByteArrayAsync($"authorities/{kind}/certificate", TestContext.Current.CancellationToken);
        using var certificate = X509CertificateLoader.LoadCertificate(der);

        Assert.Contains("TEST", certificate.Subject, StringComparison.Ordinal);
        Assert.True(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    [Trait("Rule", "S34")]
    public async Task Whom_to_telephone_now_is_told_to_everybody()
    {
        using var line = Hall.LineWith(null);

        var contacts = await line.LookAtAsync("contacts");

        Assert.Contains("0120-95-0178", contacts.Body, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Body)> HealthAsync(string path)
    {
        var answer = await Hall.Line("clerk").LookAtAsync(path);
        return (answer.Status, answer.Body);
    }

    private static IEnumerable<string> Strings(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(each => Strings(each.Value).Append(each.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Strings),
        JsonValueKind.String => [element.GetString()!],
        _ => [],
    };
}
