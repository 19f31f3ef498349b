using System.Text;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Registry;

/// <summary>The registry's files, from the rename into the inbox to the report.</summary>
public sealed class FileDropTests(TownHallFixture fixture)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "S23")]
    public async Task A_file_renamed_into_the_inbox_is_reported_and_put_away()
    {
        var resident = Feed.NextResident();

        Drop(fixture.Hall, "day-1", [Feed.Registered(resident), "くじら太"]);
        var answer = await ReportAsync(fixture.Hall, "day-1");

        Assert.Equal([("accepted", null), ("rejected", "NotJson")], answer.Reports.Select(report => (report.Outcome, report.Code)));
        Assert.Equal("""{"summary":{"accepted":1,"doneBefore":0,"rejected":1}}""", answer.Summary);
        await Eventually.TrueAsync("the file being put away", () => Task.FromResult(File.Exists(fixture.Hall.InDataFolder("registry", "done", "day-1.ndjson"))));
        Assert.Empty(Directory.EnumerateFiles(fixture.Hall.InDataFolder("registry", "inbox")));
        Assert.True((await fixture.Hall.Clerk.HistoryAsync(ResidentId.Parse(resident), Now)).Try(out var recorded, out _));
        Assert.Equal("registry-file-drop", Assert.Single(recorded!).Provenance.By.Subject);
    }

    [Fact]
    [Trait("Rule", "B4")]
    [Trait("Rule", "S6")]
    public async Task A_power_cut_in_the_middle_of_a_file_loses_and_doubles_nothing()
    {
        await using var hall = await TownHall.OpenAsync(fixture.Readers);
        var residents = Enumerable.Range(0, 3_000).Select(_ => Feed.NextResident()).ToArray();
        Drop(hall, "day-2", [.. residents.Select(Feed.Registered)]);
        var draft = hall.InDataFolder("registry", "reports", "day-2.report.ndjson.part");
        await Eventually.TrueAsync("the first reports", () => Task.FromResult(File.Exists(draft) && new FileInfo(draft).Length > 0));

        await hall.Silo.KillAsync();
        await hall.Silo.StartAgainAsync();
        var answer = await ReportAsync(hall, "day-2");

        Assert.Equal(3_000, answer.Reports.Count);
        Assert.Contains(answer.Reports, report => report.Outcome == "done-before");
        Assert.Contains(answer.Reports, report => report.Outcome == "accepted");
        Assert.DoesNotContain(answer.Reports, report => report.Outcome == "rejected");
        foreach (var resident in residents.Where((_, index) => index % 100 == 0))
        {
            Assert.True((await hall.Clerk.HistoryAsync(ResidentId.Parse(resident), Now)).Try(out var recorded, out _));
            Assert.IsType<ResidentRegistered>(Assert.Single(recorded!).Event);
        }
    }

    /// <summary>As an exporting system does: written under another name, whole before it is renamed.</summary>
    private static void Drop(TownHall hall, string name, string[] lines)
    {
        var file = hall.InDataFolder("registry", "inbox", $"{name}.ndjson");
        File.WriteAllText($"{file}.part", string.Join('\n', lines), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.Move($"{file}.part", file);
    }

    private static async Task<FeedAnswer> ReportAsync(TownHall hall, string name)
    {
        var report = hall.InDataFolder("registry", "reports", $"{name}.report.ndjson");
        await Eventually.TrueAsync("the report", () => Task.FromResult(File.Exists(report)));
        return FeedAnswer.Parse(await File.ReadAllTextAsync(report, Now));
    }
}
