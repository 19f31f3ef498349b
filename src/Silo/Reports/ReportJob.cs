using System.Globalization;

namespace Jpki.Silo.Reports;

/// <summary>
/// 帳票の定期出力: the files of a day, and of the month that ended with it, each set in a folder of its own that is there whole or not at all. A folder
/// that is there stays as it is.
/// </summary>
/// <param name="caughtUp">Waits until the statistics have all of the day; false when they do not get there.</param>
public sealed class ReportJob(ReportDesk desk, ReportJobSettings settings, Func<CancellationToken, Task<bool>> caughtUp)
{
    /// <summary>Days made up for after the silo was down; earlier ones are asked for by hand.</summary>
    private const int MostMissed = 31;

    private static readonly string[] _daily = ["agent-cases", "cash-sheet", "monthly-figures", "renewal-notices"];
    private static readonly string[] _monthly = ["cash-sheet", "holders", "monthly-figures", "monthly-issuance", "reconciliation"];

    /// <summary>Days up to yesterday whose files are not there, the earliest first: since the newest that are there, or yesterday alone where there are none.</summary>
    public IReadOnlyList<DateOnly> Missing(DateOnly today)
    {
        var yesterday = today.AddDays(-1);
        var newest = Directory.Exists(settings.Folder)
            ? Directory.EnumerateDirectories(settings.Folder).Select(each => DayOf(Path.GetFileName(each))).Where(each => each <= yesterday).Max()
            : null;
        var from = newest is { } last ? Later(last.AddDays(1), today.AddDays(-MostMissed)) : yesterday;
        return [.. Enumerable.Range(0, yesterday.DayNumber - from.DayNumber + 1).Select(from.AddDays)];
    }

    /// <summary>Writes what is missing of a day.</summary>
    /// <returns>The names of the folders that are there; none when the statistics are behind.</returns>
    public async Task<IReadOnlyList<string>?> WriteAsync(DateOnly day, CancellationToken cancellation)
    {
        if (!await caughtUp(cancellation))
            return null;

        List<string> written = [await WriteSetAsync(Lists.Text(day), _daily, new(null, null, day, day), cancellation)];
        if (day.AddDays(1).Day == 1)
        {
            var month = day.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            written.Add(await WriteSetAsync(month, _monthly, new(null, null, new(day.Year, day.Month, 1), day), cancellation));
        }

        return written;
    }

    private async Task<string> WriteSetAsync(string name, IEnumerable<string> reports, ReportScope scope, CancellationToken cancellation)
    {
        var folder = Path.Combine(settings.Folder, name);
        if (Directory.Exists(folder))
            return name;

        var draft = Path.Combine(settings.Folder, $".{name}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(draft);
        try
        {
            foreach (var report in reports.Select(desk.Find).OfType<Report>())
            {
                foreach (var format in settings.Formats.Select(ReportFormat.Named).OfType<ReportFormat>())
                    await WriteFileAsync(Path.Combine(draft, $"{report.Name}.{format.Name}"), report, format, ScopeOf(report, scope), cancellation);
            }

            if (!Directory.Exists(folder))
                Directory.Move(draft, folder);
            return name;
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another silo was faster; its files say the same.
            return name;
        }
        finally
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>Cases are open now, whenever they are due.</summary>
    private static ReportScope ScopeOf(Report report, ReportScope scope) =>
        report.UsualDays(scope.To) is { } usual && usual.From == DateOnly.MinValue ? scope with { From = usual.From, To = usual.To } : scope;

    private async Task WriteFileAsync(string path, Report report, ReportFormat format, ReportScope scope, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await format.WriteAsync(file, new(report, scope, settings.Language, ByteOrderMark: true, report.RowsAsync(scope, cancellation)), cancellation);
        file.Flush(flushToDisk: true);
    }

    private static DateOnly? DayOf(string name) => DateOnly.TryParseExact(name, "yyyy-MM-dd", out var day) ? day : null;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <param name="Formats">Names of formats.</param>
public sealed record ReportJobSettings(string Folder, TimeOnly At, IReadOnlyList<string> Formats, Language Language);
