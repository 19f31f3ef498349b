using System.CommandLine;

namespace Jpki.TownHall.Cities;

/// <summary><c>./run city</c></summary>
internal static class CityCommand
{
    private const int MostResidents = 10_000_000;

    public static Command Create()
    {
        var residents = new Option<int>("--residents") { Description = "How many ever live there", DefaultValueFactory = _ => 2_000 };
        residents.Validators.Add(value =>
        {
            if (value.GetValueOrDefault<int>() is < 1 or > MostResidents)
                value.AddError($"--residents: 1 to {MostResidents:N0}.");
        });
        var seed = new Option<ulong>("--seed") { Description = "Another seed, another city; the same seed, the same lives", DefaultValueFactory = _ => 1 };
        var folder = new Option<string>("--folder") { Description = "Where everything is kept", DefaultValueFactory = _ => ".city" };
        var database = new Option<string?>("--database") { Description = "A PostgreSQL connection string; absent: the folder's private one" };
        var command = new Command("city", "Fills an empty ledger with an invented city: residents, cards, certificates, eight years of errands.") { residents, seed, folder, database };
        command.SetAction((parsed, token) => new CityBuilding(Path.GetFullPath(parsed.GetValue(folder)!), parsed.GetValue(database), Console.Out)
            .BuildAsync(parsed.GetValue(residents), parsed.GetValue(seed), token));
        return command;
    }
}
