using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Commands;

/// <summary>Callers who live through <see cref="Lives"/>, by whatever door they come in.</summary>
internal interface ICallers : IDisposable
{
    Lives Lives { get; }
}

/// <summary>Where commands come in.</summary>
internal enum Door
{
    /// <summary>The HTTP API of a silo in a process of its own.</summary>
    Api,

    /// <summary>The residents' grains, called within their silo.</summary>
    Grain,
}

internal static class Callers
{
    private const int Warming = 256;

    // The runtime compiles what is hot twice while it runs, on the cores that are measured; a back office runs for months.
    private static readonly TimeSpan UntilWarm = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UntilLukewarm = TimeSpan.FromSeconds(20);

    private static readonly HashSet<(Stage, Door)> _warm = [];

    /// <summary>Callers at a door through which enough have gone before.</summary>
    public static async Task<ICallers> AtAsync(Door door, Stage stage, int callers, CancellationToken cancellation)
    {
        if (_warm.Add((stage, door)))
        {
            using var first = await MakeAsync(door, stage, Warming, cancellation);
            await Pace.OfCallersAsync(Warming, stage.IsQuick ? UntilLukewarm : UntilWarm, first.Lives.NextAsync, cancellation);
        }

        return await MakeAsync(door, stage, callers, cancellation);
    }

    /// <summary>The database that the door's silo keeps its events in.</summary>
    public static string DatabaseOf(Door door) => door == Door.Grain ? Stage.HostedDatabase : Stage.TownDatabase;

    private static async Task<ICallers> MakeAsync(Door door, Stage stage, int callers, CancellationToken cancellation) => door switch
    {
        Door.Api => await ApiCallers.ConnectAsync(stage, callers, cancellation),
        Door.Grain => new GrainCallers(await stage.HostedSiloAsync(cancellation), callers),
        _ => throw new ArgumentOutOfRangeException(nameof(door), door, null),
    };
}
