using System.CommandLine;
using System.Globalization;
using Jpki.Audit.Records;
using Jpki.Audit.Replay;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Audit.WhatIf;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit what-if</c>: the applications of the record decided once more under another rule set.</summary>
internal static class WhatIfCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var rules = new Option<string>("--rule-set") { Description = "The other rule set", Required = true };
        rules.AcceptOnlyFromAmong(RuleSet.Akishima2018.Name, RuleSet.National2026.Name);
        var from = new Option<string>("--from") { Description = "First day of application, JST", Required = true };
        var to = new Option<string>("--to") { Description = "Last day of application, JST", Required = true };
        var export = new ExportOptions();
        var command = new Command("what-if", "もしも: by month, the difference in fees, validity and refusals under another rule set.") { rules, from, to };
        export.AddTo(command);
        common.Run(command, surroundings, async (parsed, screen, cancellation) =>
        {
            var replay = new WhatIfReplay(
                RuleSet.Named(parsed.GetValue(rules)!), Values.Day(parsed.GetValue(from), "--from")!.Value, Values.Day(parsed.GetValue(to), "--to")!.Value);
            await foreach (var line in export.LinesAsync(parsed, cancellation))
            {
                if (line is not ExportedEvent happened)
                    continue;
                if (RecordedReader.Read(happened) is { } recorded)
                    replay.Add(recorded);
                else if (JournalReader.Read(happened) is { Type: JournalLine.Refused } refused)
                    replay.AddRefusal(refused.At);
            }

            Show(screen, replay.Months());
            return ExitCode.Good;
        });
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<WhatIfMonth> months)
    {
        if (screen.IsJson)
        {
            screen.Object(months);
            return;
        }

        screen.Table(
            [
                screen.Say("月", "Month"), screen.Say("申請", "Applications"), screen.Say("手数料", "Yen"), screen.Say("もしも", "Would be"),
                screen.Say("有効日数＋", "Days more"), screen.Say("有効日数−", "Days less"), screen.Say("不受理", "Refused"),
                screen.Say("停止→失効", "Hold→revoked"), screen.Say("再構成不能", "Not told"), screen.Say("当時の不受理", "Refused then"),
            ],
            months.Select(Cells));
        screen.Line(
            "各申請は当時の記録のままで判断し直したもので、その後の成り行きは考えていません。当時不受理となった申出は内容が残らないため、判断し直していません。",
            "Each application is judged again on the record as it was; what would have followed is not imagined. What was refused then is not judged again, for what it asked is not kept.");
    }

    private static string[] Cells(WhatIfMonth month) =>
    [
        month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        Number(month.Applications), Number(month.Yen), Number(month.OtherYen), Number(month.LongerDays), Number(month.ShorterDays),
        string.Join(", ", month.Refused.Select(each => $"{each.Key} {each.Value}")),
        Number(month.RevokedBySuspension), Number(month.NotReconstructed), Number(month.RefusedThen),
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
