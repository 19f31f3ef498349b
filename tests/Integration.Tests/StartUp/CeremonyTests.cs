using System.Security.Cryptography;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.StartUp;

/// <summary>The ceremonies, held with the program an operator has: <c>authority create, roll, retire, list</c>.</summary>
public sealed class CeremonyTests : IDisposable
{
    private const string Begin = "2026-07-01T08:30:00+09:00";

    private readonly TemporaryFolder _folder = new();

    public CeremonyTests()
    {
        File.WriteAllText(_folder.In("part-1"), "the first officer's part\n");
        File.WriteAllText(_folder.In("part-2"), "the second officer's part\n");
    }

    private static string[] Kinds => ["signature", "user-authentication"];

    private string Store => _folder.In("silo", "authorities");

    private string[] Officers => Named("昭島 太郎", "Haijima Hanako", "part-1", "part-2");

    [Fact]
    public async Task What_two_officers_created_a_silo_opens_with_both_their_files_and_with_no_other_secret()
    {
        Done(await RunAsync(["create", .. Officers]));

        await using (var silo = await SiloProcess.StartAsync(
            _folder.In("silo"), ("Authorities__PassphraseFiles__0", _folder.In("part-1")), ("Authorities__PassphraseFiles__1", _folder.In("part-2"))))
        {
            using var http = new HttpClient { BaseAddress = silo.PublicAddress };
            var certificate = await http.GetByteArrayAsync("ca/signature.cer", TestContext.Current.CancellationToken);
            Assert.Contains(Fingerprint(certificate), Record("0001-created.txt"), StringComparison.Ordinal);
        }

        var swapped = await SiloProcess.RunAsync(
            [], [.. Settings(), ("Authorities__PassphraseFiles__0", _folder.In("part-2")), ("Authorities__PassphraseFiles__1", _folder.In("part-1"))]);
        Assert.Equal(2, swapped.ExitCode);
        Assert.Contains("does not open with this passphrase", swapped.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_record_says_who_made_what_and_is_for_the_owner_only()
    {
        var done = Done(await RunAsync(["create", .. Officers, "--signature-algorithm", "ecdsa-p384"]));

        var record = Record("0001-created.txt");
        Assert.All(
            ["鍵生成記録", "Record of key generation", "昭島 太郎", "Haijima Hanako", "2026-06-01 09:00:00 JST", Environment.MachineName, "ecdsa-p384", "rsa-2048"],
            each => Assert.Contains(each, record, StringComparison.Ordinal));
        Assert.DoesNotContain("officer's part", record + done.Output + done.Errors, StringComparison.Ordinal);
        foreach (var file in Kinds.SelectMany(kind => new[] { $"0001/{kind}.certificate.pem", $"0001/{kind}.key.pem" }))
            Assert.Contains($"{Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Store, file), TestContext.Current.CancellationToken)))}  {file}", record, StringComparison.Ordinal);
        Assert.All(Kinds, kind => Assert.Contains(
            File.ReadAllText(Path.Combine(Store, "0001", $"{kind}.certificate.pem")), record, StringComparison.Ordinal));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Store, "records", "0001-created.txt")));
        Assert.True(record.Split('\n').Count(line => line.Contains("____", StringComparison.Ordinal)) == 2);
    }

    [Fact]
    public async Task What_is_there_is_not_overwritten()
    {
        Done(await RunAsync(["create", .. Officers]));
        var before = Directory.GetFiles(Store, "*", SearchOption.AllDirectories).Order().Select(file => (file, File.ReadAllText(file))).ToList();

        Refused("not overwritten", await RunAsync(["create", .. Officers]));

        Assert.Equal(before, Directory.GetFiles(Store, "*", SearchOption.AllDirectories).Order().Select(file => (file, File.ReadAllText(file))));
    }

    [Theory]
    [InlineData("A", "B", "the same secret words", "the same secret words", "equal")]
    [InlineData("Akishima Taro", "akishima  TARO", "the first officer's part", "the second officer's part", "same person")]
    [InlineData("A", "B", "the first officer's part", "short", "at least 12")]
    [InlineData("A", " ", "the first officer's part", "the second officer's part", "1 to 100")]
    public async Task A_ceremony_that_is_none_is_refused_and_makes_nothing(string first, string second, string part1, string part2, string reason)
    {
        await File.WriteAllTextAsync(_folder.In("part-1"), part1, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.In("part-2"), part2, TestContext.Current.CancellationToken);

        Refused(reason, await RunAsync(["create", .. Named(first, second, "part-1", "part-2")]));

        Assert.False(Directory.Exists(Store));
    }

    [Fact]
    public async Task Without_a_terminal_and_without_files_nobody_is_asked()
    {
        Refused("no terminal", await RunAsync(["create"]));
        Refused("There is no authority", await RunAsync(["list"]));
        Refused("There is no authority", await RunAsync(["roll", "--kind", "both", .. Officers]));
    }

    [Theory]
    [InlineData]
    [InlineData("create", "--passphrase-file-1", "x")]
    [InlineData("create", "--token", "t")]
    [InlineData("create", "--signature-algorithm", "rsa-1024")]
    [InlineData("roll")]
    [InlineData("roll", "--kind", "all")]
    [InlineData("roll", "--kind", "both", "--from", "tomorrow")]
    [InlineData("retire")]
    public async Task What_is_not_understood_ends_with_2(params string[] words) => Assert.Equal(2, (await RunAsync(words)).ExitCode);

    [Theory]
    [InlineData("create", "--pkcs11-module")]
    [InlineData("roll", "--from")]
    [InlineData("retire", "--last-certificate-expired-on")]
    [InlineData("list", "warns when it is time to roll")]
    public async Task Each_command_explains_itself(string word, string expected) =>
        Assert.Contains(expected, Done(await RunAsync([word, "--help"])).Output, StringComparison.Ordinal);

    [Fact]
    public async Task An_authority_is_created_rolled_and_its_first_key_retired()
    {
        Done(await RunAsync(["create", .. Officers]));
        Refused("does not open with this passphrase", await RunAsync(
            ["roll", "--kind", "signature", .. Named("昭島 太郎", "Haijima Hanako", "part-2", "part-1")]));

        Done(await RunAsync(["roll", "--kind", "signature", "--from", Begin, .. Officers]));
        Assert.Contains("発行開始 Issues from:    2026-07-01 08:30:00 JST", Record("0002-rolled.txt"), StringComparison.Ordinal);
        Assert.Equal(["issues", "issues", "will issue"], await StatesAsync(SiloProcess.Morning));
        Assert.Equal(["lists only", "issues", "issues"], await StatesAsync(DateTimeOffset.Parse(Begin, null)));

        var old = (await RowsAsync(SiloProcess.Morning))[0].Split("  ", StringSplitOptions.RemoveEmptyEntries)[2].Trim();
        Refused("roll the authority first", await RunAsync(["retire", "--key-id", old, .. Officers]));
        Refused("may be valid until", await RunAsync(["retire", "--key-id", old, .. Officers], SiloProcess.Morning.AddYears(5)));
        Refused("No generation", await RunAsync(["retire", "--key-id", new string('0', 40), .. Officers]));
        Done(await RunAsync(["retire", "--key-id", old, "--last-certificate-expired-on", "2031-05-31", .. Officers], SiloProcess.Morning.AddYears(5)));

        Assert.Equal(["retired", "issues", "issues"], await StatesAsync(SiloProcess.Morning.AddYears(5)));
        Assert.False(File.Exists(Path.Combine(Store, "0001", "signature.key.pem")));
        Assert.Contains("2031-05-31 (両名確認", Record("0001-signature-retired.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_warns_in_time_to_roll_until_a_successor_is_planned()
    {
        Done(await RunAsync(["create", .. Officers]));
        var late = SiloProcess.Morning.AddYears(3).AddMonths(1);

        Assert.Empty(Done(await RunAsync(["list"])).Errors);
        Assert.Equal(2, Done(await RunAsync(["list"], late)).Errors.Split("Warning: time to roll the ").Length - 1);
        Done(await RunAsync(["roll", "--kind", "both", "--from", "2029-09-01T00:00:00+09:00", .. Officers], late));
        Assert.Empty(Done(await RunAsync(["list"], late)).Errors);
    }

    public void Dispose() => _folder.Dispose();

    private static string Fingerprint(byte[] certificate) => string.Join(':', Convert.ToHexString(SHA256.HashData(certificate)).Chunk(2).Select(each => new string(each)));

    private static ProgramEnd Done(ProgramEnd end)
    {
        Assert.True(end.ExitCode == 0, $"It ended with {end.ExitCode}: {end.Errors}{end.Output}");
        return end;
    }

    private static void Refused(string reason, ProgramEnd end)
    {
        Assert.True(end.ExitCode == 1, $"It ended with {end.ExitCode}: {end.Errors}{end.Output}");
        Assert.Contains(reason, end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
    }

    private string Record(string name) => File.ReadAllText(Path.Combine(Store, "records", name));

    private async Task<string[]> RowsAsync(DateTimeOffset at) =>
        Done(await RunAsync(["list"], at)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

    private async Task<IEnumerable<string>> StatesAsync(DateTimeOffset at) =>
        (await RowsAsync(at)).Select(row => row.Split("  ", StringSplitOptions.RemoveEmptyEntries)[^1].Trim());

    private string[] Named(string first, string second, string firstFile, string secondFile) =>
        ["--officer-1", first, "--officer-2", second, "--passphrase-file-1", _folder.In(firstFile), "--passphrase-file-2", _folder.In(secondFile)];

    private Task<ProgramEnd> RunAsync(IReadOnlyList<string> words, DateTimeOffset? at = null) => SiloProcess.RunAsync(["authority", .. words], Settings(at));

    private (string, string)[] Settings(DateTimeOffset? at = null) =>
    [
        ("ASPNETCORE_ENVIRONMENT", "Development"), ("DataFolder", _folder.In("silo")), ("Clock__PlayFrom", $"{at ?? SiloProcess.Morning:O}"),
    ];
}
