using System.CommandLine;
using Jpki.Benchmarks;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Nation;
using Jpki.Benchmarks.Stages;
using Spectre.Console;
using Table = Jpki.Benchmarks.Harness.Table;

const int UsualRounds = 5;
const int QuickRounds = 3;
const int UsualSeconds = 5;
const int QuickSeconds = 1;

var names = new Argument<string[]>("NAME") { Description = "only measures whose names contain one of these words", Arity = ArgumentArity.ZeroOrMore };
var quick = new Option<bool>("--quick") { Description = $"{QuickRounds} rounds of {QuickSeconds} s instead of {UsualRounds} of {UsualSeconds} s, and smaller lists" };
var list = new Option<bool>("--list") { Description = "prints the names and ends" };
var nation = new Option<bool>("--nation") { Description = "prints what a nation's day needs of all this, and ends" };
var folder = new Option<string>("--folder") { Description = "where the JSON goes", DefaultValueFactory = _ => Path.Combine("artifacts", "bench") };
var command = new RootCommand(
    "Measures the product against what bounds it and against its peers, both sides in turns, and prints one table of ratios. "
    + "Ends with 0 when every bar that was measured is met, 1 when one is not or a measure broke.")
{
    names, quick, list, nation, folder,
};
command.SetAction(async (parsed, cancellation) =>
{
    if (parsed.GetValue(nation))
    {
        foreach (var line in NationPlan.Lines)
            Console.WriteLine(line);
        return 0;
    }

    var chosen = Catalogue.Choose(parsed.GetValue(names) ?? []);
    if (parsed.GetValue(list))
    {
        foreach (var measure in chosen)
            Console.WriteLine(measure.Name);
        return 0;
    }

    if (chosen.Count == 0)
    {
        await Console.Error.WriteLineAsync("No measure has such a name; --list names them.");
        return 2;
    }

    var isQuick = parsed.GetValue(quick);
    await using var stage = new Stage(isQuick);
    var runner = isQuick
        ? new Runner(stage, QuickRounds, TimeSpan.FromSeconds(QuickSeconds))
        : new Runner(stage, UsualRounds, TimeSpan.FromSeconds(UsualSeconds));
    var startedAt = TimeProvider.System.GetUtcNow();
    var load = MachineLoad.Now();
    List<Result> results = [];
    foreach (var measure in chosen)
    {
        await Console.Error.WriteLineAsync($"{measure.Name} …");
        results.Add(await runner.TakeAsync(measure, cancellation));
    }

    Table.Print(AnsiConsole.Console, results);
    var file = await Report.WriteAsync(parsed.GetValue(folder)!, startedAt, load, results);
    Console.WriteLine();
    Console.WriteLine($"{Environment.ProcessorCount} cores, load before the start {load}. All rounds: {file}");
    return results.Any(each => each is Result.Failed or Result.Taken { IsMet: false }) ? 1 : 0;
});
return await command.Parse(args).InvokeAsync();
