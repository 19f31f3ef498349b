using System.Globalization;
using Spectre.Console;

namespace Jpki.Benchmarks.Harness;

/// <summary>The one table.</summary>
internal static class Table
{
    // A pipe has no width of its own; a wrapped table can't be read.
    private const int WidthInAPipe = 150;

    public static void Print(IAnsiConsole console, IReadOnlyList<Result> results)
    {
        if (!console.Profile.Out.IsTerminal)
            console.Profile.Width = WidthInAPipe;
        var table = new Spectre.Console.Table().Border(TableBorder.Minimal);
        table.AddColumns("", "measure", "unit");
        foreach (var heading in new[] { "ours", "baseline", "ratio (min–max)", "bar", "met" })
            table.AddColumn(new TableColumn(heading).RightAligned());

        for (var i = 0; i < results.Count; i++)
            table.AddRow([(i + 1).ToString(CultureInfo.InvariantCulture), .. Row(results[i]).Select(Markup.Escape)]);
        console.Write(table);
        for (var i = 0; i < results.Count; i++)
            console.Write(new Padder(new Text(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {Note(results[i])}")), new Padding(0, 0)));
    }

    private static string[] Row(Result result) => result switch
    {
        Result.Taken taken =>
        [
            taken.Measure.Name,
            taken.Measure.Unit,
            Figure(taken.Rounds.MedianOfOurs),
            taken.Rounds.MedianOfBaseline is { } baseline ? Figure(baseline) : "–",
            Ratio(taken.Rounds),
            taken.Measure.Bar.ToString(),
            taken.IsMet switch { true => "yes", false => "NO", null => "–" },
        ],
        Result.NotAvailable missing => Without(missing.Measure, "not available"),
        Result.Failed failed => Without(failed.Measure, "failed"),
        _ => throw new InvalidOperationException($"No row for {result.GetType().Name}."),
    };

    private static string[] Without(Measure measure, string why) => [measure.Name, measure.Unit, "–", "–", why, measure.Bar.ToString(), "–"];

    // What could not be taken says why instead of how.
    private static string Note(Result result) => result switch
    {
        Result.NotAvailable missing => missing.Reason,
        Result.Failed failed => $"{failed.Cause.GetType().Name}: {failed.Cause.Message}",
        _ => result.Measure.Note,
    };

    private static string Ratio(Rounds rounds) => rounds.MedianRatio is { } median
        ? string.Create(CultureInfo.InvariantCulture, $"{median:0.00} ({rounds.Ratios.Min():0.00}–{rounds.Ratios.Max():0.00})")
        : string.Create(CultureInfo.InvariantCulture, $"({Figure(rounds.Ours.Min())}–{Figure(rounds.Ours.Max())})");

    // Three significant digits at least: more would claim what the spread denies.
    private static string Figure(double value) => value.ToString(
        Math.Abs(value) switch { >= 100 => "#,##0", >= 10 => "0.0", >= 1 => "0.00", _ => "0.0000" }, CultureInfo.InvariantCulture);
}
