using System.CommandLine;
using Jpki.Audit.Replay;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit diff</c>: what became of a resident, or of everybody, between two instants.</summary>
internal static class DiffCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var from = new Option<string>("--from") { Description = "An instant; a day means its end", Required = true };
        var to = new Option<string>("--to") { Description = "A later instant", Required = true };
        var resident = new Option<string?>("--resident") { Description = "One resident; default: everybody" };
        var export = new ExportOptions();
        var command = new Command("diff", "差異: what became of a resident, or of everybody, between two instants.") { from, to, resident };
        export.AddTo(command);
        common.Run(command, surroundings, async (parsed, screen, cancellation) =>
        {
            var (begin, end) = (Values.Instant(parsed.GetValue(from), "--from")!.Value, Values.Instant(parsed.GetValue(to), "--to")!.Value);
            if (end < begin)
                throw new UsageException("--to は --from より後です。", "--to is after --from.");
            ResidentId? only = parsed.GetValue(resident) is not { } text ? null
                : ResidentId.TryParse(text, null, out var id) ? id
                : throw new UsageException("--resident は 13207-00000001 の形です。", "--resident is of the form 13207-00000001.");

            var (before, after, scope) = (new TownReplay(new(At: begin)), new TownReplay(new(At: end)), new ReplayScope(only));
            await foreach (var recorded in export.RecordedAsync(parsed, screen, cancellation))
            {
                if (!scope.Has(recorded))
                    continue;
                before.Add(recorded);
                after.Add(recorded);
            }

            var differences = after.Residents.OrderBy(each => each.Resident.Value, StringComparer.Ordinal)
                .SelectMany(each => Differences.Between(each.Resident, before.StateOf(each.Resident), begin, each.State, end));
            Show(screen, differences);
            return ExitCode.Good;
        });
        return command;
    }

    private static void Show(Screen screen, IEnumerable<Difference> differences)
    {
        if (screen.IsJson)
            screen.Object(differences.ToList());
        else
            screen.Table(
                [screen.Say("住民", "Resident"), screen.Say("差異", "Difference")],
                differences.Select(each => (string[])[each.Resident.Value, screen.Say(each.Japanese, each.English)]));
    }
}
