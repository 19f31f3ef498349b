using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Jpki.Benchmarks.Harness;

/// <summary>The same as the table, with every round, for later comparison.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <returns>The file written.</returns>
    public static async Task<string> WriteAsync(string folder, DateTimeOffset at, string loadBefore, IEnumerable<Result> results)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, at.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + ".json");
        var report = new
        {
            At = at,
            Cores = Environment.ProcessorCount,
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            LoadBefore = loadBefore,
            Measures = results.Select(Describe),
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Format));
        return file;
    }

    private static object Describe(Result result) => result switch
    {
        Result.Taken taken => new
        {
            taken.Measure.Name,
            taken.Measure.Unit,
            taken.Measure.Note,
            Bar = taken.Measure.Bar.ToString(),
            taken.IsMet,
            Ratio = taken.Rounds.MedianRatio,
            taken.Rounds.Ours,
            taken.Rounds.Baseline,
        },
        Result.NotAvailable missing => new { missing.Measure.Name, missing.Measure.Unit, NotAvailable = missing.Reason },
        Result.Failed failed => new { failed.Measure.Name, failed.Measure.Unit, Failed = failed.Cause.ToString() },
        _ => throw new InvalidOperationException($"No description for {result.GetType().Name}."),
    };
}
