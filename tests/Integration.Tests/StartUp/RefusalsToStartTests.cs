using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.StartUp;

/// <summary>A wrong configuration ends the silo at once, with status 2 and a sentence that names the setting.</summary>
public sealed class RefusalsToStartTests : IDisposable
{
    /// <summary>Everything production wants; each test takes one thing away or adds one.</summary>
    private static readonly Dictionary<string, string> _production = new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Tokens__Issuer"] = "urn:staff",
        ["Tokens__PublicKeyFile"] = "staff.pem",
        ["Authorities__Folder"] = "authorities",
        ["Authorities__PassphraseFile"] = "passphrase",
        ["Public__BaseAddress"] = "http://pki.example.test/pki/",
        ["Ledger__ConnectionString"] = "Host=127.0.0.1",
        ["Audit__Origin"] = "audit.example.test",
    };

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.0.2.1:5080")]
    [InlineData("http://townhall.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://0.0.0.0:5081")]
    [InlineData("5080")]
    public async Task An_address_that_others_could_reach(string urls) =>
        AssertRefused(await RunAsync(("ASPNETCORE_ENVIRONMENT", "Development"), ("Urls", urls)), "Urls: ");

    [Fact]
    public async Task An_address_that_others_could_reach_given_the_servers_own_way() => AssertRefused(
        await RunAsync(("ASPNETCORE_ENVIRONMENT", "Development"), ("Kestrel__Endpoints__Open__Url", "http://0.0.0.0:5080")), "Kestrel:Endpoints: ");

    [Theory]
    [InlineData("Municipalities__0__RuleSets__0__Name", "atlantis-1999")]
    [InlineData("Municipalities__0__Code", "Akishima")]
    [InlineData("Municipalities__0__Offices__0__Code", "1")]
    [InlineData("Municipalities__0__Offices__0__Hours__Opens", "08:30")]
    [InlineData("Municipalities__0__Offices__0__Hours__Closes", "half past four")]
    public async Task A_municipality_that_makes_no_sense(string setting, string value) =>
        AssertRefused(await RunAsync(("ASPNETCORE_ENVIRONMENT", "Development"), (setting, value)), "Municipalities: ");

    [Theory]
    [InlineData("Clock__PlayFrom", "2026-06-01T09:00:00+09:00", "Clock:PlayFrom: ")]
    [InlineData("Tokens__DevelopmentKeyFile", "development-key.pem", "Tokens: the development key")]
    [InlineData("Tokens__Issuer", "urn:jpki-orleans:development", "Tokens: the development key")]
    [InlineData("Tokens__Issuer", null, "Tokens: set ")]
    [InlineData("Tokens__PublicKeyFile", null, "Tokens: set ")]
    [InlineData("Authorities__Folder", null, "Authorities: set ")]
    [InlineData("Authorities__PassphraseFile", null, "Authorities: set ")]
    [InlineData("Authorities__PassphraseFiles__0", "one", "Authorities:PassphraseFiles: name two files")]
    [InlineData("Authorities__PassphraseFiles__0", "one", "Authorities: PassphraseFile and PassphraseFiles are both set")]
    [InlineData("Ledger__ConnectionString", null, "Ledger:ConnectionString: ")]
    [InlineData("Reports__At", "noon", "Reports:At: ")]
    [InlineData("Reports__Formats__0", "pdf", "Reports:Formats: ")]
    [InlineData("Reports__Language", "fr", "Reports:Language: ")]
    [InlineData("Audit__Origin", null, "Audit:Origin: ")]
    [InlineData("Audit__CheckpointEvery", "00:02:00", "Audit:CheckpointEvery: ")]
    [InlineData("Audit__RefuseAfter", "00:00:01", "Audit:RefuseAfter: ")]
    [InlineData("Audit__Witnesses__0", "nobody", "Audit:Witnesses: ")]
    public async Task In_production(string setting, string? value, string sentence)
    {
        var settings = new Dictionary<string, string>(_production);
        settings.Remove(setting);
        if (value is not null)
            settings[setting] = value;

        AssertRefused(await RunAsync([.. settings.Select(each => (each.Key, each.Value))]), sentence);
    }

    [Fact]
    public async Task In_production_with_nothing_set_every_reason_is_named_at_once()
    {
        var end = await RunAsync(("ASPNETCORE_ENVIRONMENT", "Production"));

        AssertRefused(end, "Tokens: ");
        Assert.Contains("- Authorities: ", end.Errors, StringComparison.Ordinal);
        Assert.Contains("- Ledger:ConnectionString: ", end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_an_authority_that_is_not_there_is_not_made()
    {
        var passphrase = _folder.In("passphrase");
        await File.WriteAllTextAsync(passphrase, "correct horse battery staple", TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string>(_production)
        {
            ["Authorities__Folder"] = _folder.In("authorities"),
            ["Authorities__PassphraseFile"] = passphrase,
        };

        var end = await RunAsync([.. settings.Select(each => (each.Key, each.Value))]);

        AssertRefused(end, "Authorities: ");
        Assert.False(Directory.Exists(_folder.In("authorities")));
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertRefused(ProgramEnd end, string sentence)
    {
        Assert.True(end.ExitCode == 2, $"It ended with {end.ExitCode}: {end.Errors}{end.Output}");
        Assert.Contains(sentence, end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
    }

    private Task<ProgramEnd> RunAsync(params (string Name, string Value)[] settings) =>
        SiloProcess.RunAsync([], [("DataFolder", _folder.In("silo")), .. settings]);
}
