using System.CommandLine;
using System.Text;
using Jpki.TownHall;
using Jpki.TownHall.Cities;
using Jpki.TownHall.Parts;
using Jpki.VirtualCard.Readers;

Console.OutputEncoding = Encoding.UTF8;
var once = new Option<bool>("--once") { Description = "End after the day: status 0 when every check held, 1 when one did not" };
var folder = new Option<string>("--folder") { Description = "Where everything is kept", DefaultValueFactory = _ => ".townhall" };
var root = new RootCommand("Opens the whole town hall on this machine, plays one day at the counter, and keeps serving until Ctrl-C.") { once, folder, CityCommand.Create() };
root.SetAction(async (parsed, token) =>
{
    try
    {
        return await new OpenTownHall(Path.GetFullPath(parsed.GetValue(folder)!), Console.Out).RunAsync(parsed.GetValue(once), token);
    }
    catch (OperationCanceledException) when (token.IsCancellationRequested)
    {
        Console.WriteLine("Closed in the middle of the day.");
        return 130;
    }
    catch (Exception exception) when (exception is TownHallException or PcscdUnavailableException)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
