using Jpki.Silo.Reports;

namespace Jpki.Silo.Tests.Reports;

/// <summary>The scheduled files: each day's once, whole or not at all, and a missed night is made up for.</summary>
[Trait("Rule", "D6")]
public sealed class ReportJobTests : IDisposable
{
    private static readonly string[] _names = ["agent-cases", "cash-sheet", "holders", "monthly-figures", "monthly-issuance", "reconciliation", "renewal-notices"];

    private readonly string _folder = Directory.CreateTempSubdirectory("jpki-reports-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string[] Folders => [.. Directory.GetFileSystemEntries(_folder).Select(each => Path.GetFileName(each)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task The_first_night_writes_yesterday_in_every_format()
    {
        var job = Job();

        Assert.Equal([new DateOnly(2026, 6, 1)], job.Missing(new(2026, 6, 2)));
        Assert.Equal(["2026-06-01"], await job.WriteAsync(new(2026, 6, 1), Cancellation));

        Assert.Equal(["2026-06-01"], Folders);
        Assert.Equal(
            ["agent-cases", "cash-sheet", "monthly-figures", "renewal-notices"],
            Directory.GetFiles(Path.Combine(_folder, "2026-06-01"), "*.xlsx").Select(each => Path.GetFileNameWithoutExtension(each)).Order(StringComparer.Ordinal));
        Assert.Equal(8, Directory.GetFiles(Path.Combine(_folder, "2026-06-01")).Length);
        Assert.Equal([0xEF, 0xBB, 0xBF], (await File.ReadAllBytesAsync(Path.Combine(_folder, "2026-06-01", "cash-sheet.csv"), Cancellation))[..3]);
    }

    [Fact]
    public async Task The_last_day_of_a_month_brings_the_months_files_too()
    {
        Assert.Equal(["2026-06-30", "2026-06"], await Job().WriteAsync(new(2026, 6, 30), Cancellation));

        Assert.True(File.Exists(Path.Combine(_folder, "2026-06", "monthly-issuance.csv")));
    }

    [Fact]
    public async Task What_is_there_stays_as_it_is()
    {
        await Job().WriteAsync(new(2026, 6, 1), Cancellation);
        var file = Path.Combine(_folder, "2026-06-01", "cash-sheet.csv");
        await File.WriteAllTextAsync(file, "mine", Cancellation);

        await Job().WriteAsync(new(2026, 6, 1), Cancellation);

        Assert.Equal("mine", await File.ReadAllTextAsync(file, Cancellation));
        Assert.Empty(Job().Missing(new(2026, 6, 2)));
    }

    [Fact]
    public async Task Missed_nights_are_made_up_for_up_to_a_month_back()
    {
        await Job().WriteAsync(new(2026, 6, 1), Cancellation);

        Assert.Equal([new(2026, 6, 2), new(2026, 6, 3), new DateOnly(2026, 6, 4)], Job().Missing(new(2026, 6, 5)));
        Assert.Equal(new DateOnly(2026, 11, 30), Job().Missing(new(2026, 12, 31))[0]);
        Assert.Equal(31, Job().Missing(new(2026, 12, 31)).Count);
    }

    [Fact]
    public async Task A_report_that_breaks_leaves_nothing_behind_and_the_day_is_missing_still()
    {
        static async IAsyncEnumerable<object?[]> Broken([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return ["2026-06-01", "signature", "charged", 1L];
            await Task.FromException(new InvalidOperationException("The wire broke.")).WaitAsync(cancellation);
        }

        var job = Job(new FakeReport("monthly-figures", Broken));
        await Assert.ThrowsAsync<InvalidOperationException>(() => job.WriteAsync(new(2026, 6, 1), Cancellation));

        Assert.Empty(Folders);
        Assert.Equal([new DateOnly(2026, 6, 1)], job.Missing(new(2026, 6, 2)));
    }

    [Fact]
    public async Task Nothing_is_written_before_the_statistics_have_the_day()
    {
        var job = new ReportJob(new ReportDesk([]), Settings, _ => Task.FromResult(false));

        Assert.Null(await job.WriteAsync(new(2026, 6, 1), Cancellation));
        Assert.Empty(Folders);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ReportJobSettings Settings => new(_folder, new(4, 0), ["csv", "xlsx"], Language.Japanese);

    private ReportJob Job(params FakeReport[] reports) => new(
        new ReportDesk(_names.Where(name => reports.All(each => each.Name != name))
            .Select(name => new FakeReport(name, _ => AsyncEnumerable.Repeat<object?[]>(["2026-06-01", "signature", "charged", 1L], 2))).Concat(reports)),
        Settings, _ => Task.FromResult(true));
}
