using System.Runtime.Versioning;
using Jpki.Domain.Identifiers;
using Jpki.Grains;
using Jpki.Silo.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jpki.Silo.Tests.Registry;

/// <summary>The file drop, with a fake door behind it.</summary>
public sealed class RegistryInboxTests : IDisposable
{
    private readonly FeedBench _bench = new();
    private readonly string _root = Directory.CreateTempSubdirectory("jpki-drop-").FullName;
    private readonly DropFolders _folders;
    private readonly RegistryInbox _inbox;

    public RegistryInboxTests()
    {
        _folders = DropFolders.Beside(Path.Combine(_root, "inbox"));
        _folders.Create();
        _inbox = new RegistryInbox(_bench.Feed, _folders, FeedBench.Registry, NullLogger<RegistryInbox>.Instance);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_file_is_taken_reported_and_moved()
    {
        Drop("0601.ndjson", Lines.Registered(1, 1), Lines.Registered(2, 2));

        await TakeAsync();

        Assert.Equal(["done/0601.ndjson", "reports/0601.report.ndjson"], Files());
        Assert.Equal("""{"summary":{"accepted":2,"doneBefore":0,"rejected":0}}""", Report("0601").Last());
        Assert.Equal(3, Report("0601").Length);
    }

    [Fact]
    public async Task Files_are_taken_in_the_order_of_their_names()
    {
        Drop("2.ndjson", Lines.Changed(2, 1));
        Drop("1.ndjson", Lines.Registered(1, 1));

        await TakeAsync();

        Assert.Equal([IdOf(1), IdOf(2)], _bench.Door.Asked.Select(asked => asked.Id));
    }

    [Fact]
    public async Task A_file_still_being_written_is_left_alone()
    {
        Drop("1.ndjson.part", Lines.Registered(1, 1));

        await TakeAsync();

        Assert.Equal(["inbox/1.ndjson.part"], Files());
    }

    [Fact]
    public async Task A_file_whose_report_was_written_before_a_crash_is_taken_again_and_done_before()
    {
        Drop("1.ndjson", Lines.Registered(1, 1));
        await TakeAsync();
        File.Move(Path.Combine(_folders.Done, "1.ndjson"), Path.Combine(_folders.Inbox, "1.ndjson"));

        await TakeAsync();

        Assert.Equal(["done/1.ndjson", "reports/1.report.ndjson"], Files());
        Assert.Equal("""{"summary":{"accepted":0,"doneBefore":1,"rejected":0}}""", Report("1").Last());
    }

    [Fact]
    public async Task A_file_stays_until_every_line_has_a_definite_answer()
    {
        Drop("1.ndjson", Lines.Registered(1, 1));
        _bench.Door.Answer = (_, _, _) => Task.FromResult<ResidentAnswer>(new ResidentAnswer.TryAgain());
        await TakeAsync();
        Assert.Contains("inbox/1.ndjson", Files());
        Assert.DoesNotContain("reports/1.report.ndjson", Files());

        _bench.Door.Answer = (resident, envelope, by) => Task.FromResult(_bench.Door.Usual(resident, envelope, by));
        await TakeAsync();

        Assert.Equal(["done/1.ndjson", "reports/1.report.ndjson"], Files());
    }

    [Fact]
    public async Task A_file_that_can_not_be_taken_does_not_stop_the_next()
    {
        Drop("1.ndjson", Lines.Registered(1, 1));
        Drop("2.ndjson", Lines.Registered(2, 2));
        Directory.CreateDirectory(Path.Combine(_folders.Reports, "1.report.ndjson.part"));

        await TakeAsync();

        Assert.Equal(["done/2.ndjson", "inbox/1.ndjson", "reports/2.report.ndjson"], Files());
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void The_folders_are_for_their_owner_only()
    {
        Assert.All(
            new[] { _folders.Inbox, _folders.Reports, _folders.Done },
            folder => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder)));
    }

    private static CommandId IdOf(int number) => CommandId.Derived("registry-change", "13207", Lines.Number(number));

    private Task TakeAsync() => _inbox.TakeAllAsync(TestContext.Current.CancellationToken);

    private void Drop(string name, params string[] lines) => File.WriteAllBytes(Path.Combine(_folders.Inbox, name), Lines.Octets(lines));

    private string[] Report(string stem) => File.ReadAllLines(Path.Combine(_folders.Reports, $"{stem}.report.ndjson"));

    private IEnumerable<string> Files() =>
        Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_root, file)).Order(StringComparer.Ordinal);
}
