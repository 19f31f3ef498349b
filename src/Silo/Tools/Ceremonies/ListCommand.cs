using System.CommandLine;
using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary><c>authority list</c>: the generations and what they do. Needs no passphrase and no token.</summary>
internal static class ListCommand
{
    private static readonly string[] Head = ["generation", "kind", "key id", "algorithm", "key", "from", "until", "full length until", "state"];

    public static Command Create(Installation installation)
    {
        var command = new Command("list", "Shows the generations of both authorities, and warns when it is time to roll. Asks for no passphrase.");
        command.SetAction(_ => installation.List() switch
        {
            StoreListed listed => Show(listed.Generations, installation.Now),
            StoreRefused refused => Ceremony.Refuse(refused.Explanation),
            _ => throw new InvalidOperationException("A store is listed or refuses."),
        });
        return command;
    }

    internal static string Word(GenerationState state) => state switch
    {
        GenerationState.WillIssue => "will issue",
        GenerationState.Issues => "issues",
        GenerationState.ListsOnly => "lists only",
        GenerationState.Retired => "retired",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static int Show(IReadOnlyList<GenerationRow> rows, DateTimeOffset now)
    {
        List<string[]> table = [Head, .. rows.Select(Cells)];
        var widths = Head.Select((_, column) => table.Max(cells => cells[column].Length)).ToList();
        foreach (var cells in table)
            Console.WriteLine(string.Join("  ", cells.Zip(widths, (cell, width) => cell.PadRight(width))).TrimEnd());
        foreach (var row in rows.Where(each => each.IsTimeToRoll(now) && !IsSucceeded(each, rows)))
        {
            Console.Error.WriteLine(
                $"Warning: time to roll the {row.Kind.PathName()} authority: after {Day(row.FullLengthUntil)} it can't issue certificates of full length, "
                + "and those that would outlive it are refused.");
        }

        return AuthorityCommand.Done;
    }

    private static bool IsSucceeded(GenerationRow row, IEnumerable<GenerationRow> rows) =>
        rows.Any(each => each.Kind == row.Kind && each.State == GenerationState.WillIssue && Jst.DayOf(each.IssuesFrom) <= row.FullLengthUntil);

    private static string[] Cells(GenerationRow row) =>
    [
        row.Number.ToString("D4", CultureInfo.InvariantCulture), row.Kind.PathName(), row.KeyId, AuthorityCommand.Word(row.Algorithm),
        row.Place.Length == 0 ? "–" : row.Place, Day(Jst.DayOf(row.IssuesFrom)), Day(Jst.DayOf(row.NotAfter)), Day(row.FullLengthUntil), Word(row.State),
    ];

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
