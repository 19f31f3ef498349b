using System.CommandLine;
using Jpki.Audit.Replay;
using Jpki.Audit.Tool.Console;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit replay</c>: a resident, an office, an officer or everything, to a version or an instant, or on two times.</summary>
internal static class ReplayCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var options = new ReplayOptions();
        var command = new Command("replay", "再現: a resident, an office, an officer or everything, from the events alone.");
        options.AddTo(command);
        common.Run(command, surroundings, (parsed, screen, cancellation) =>
        {
            var asked = options.Read(parsed);
            return asked switch
            {
                { Scope.Resident: { } resident, AsOf: { } asOf } => OnTwoTimesAsync(resident, asOf, asked, parsed, options, screen, cancellation),
                { Scope.Resident: { } resident } => OfResidentAsync(resident, asked, parsed, options, screen, cancellation),
                { Scope: { Office: null, Officer: null } } => OfAllAsync(asked, parsed, options, screen, cancellation),
                _ => OfSomeAsync(asked, parsed, options, screen, cancellation),
            };
        });
        return command;
    }

    private static async Task<int> OfResidentAsync(
        ResidentId resident, ReplayRequest asked, ParseResult parsed, ReplayOptions options, Screen screen, CancellationToken cancellation)
    {
        var replay = new TownReplay(asked.Point);
        var acts = new List<Act>();
        await foreach (var recorded in options.Export.RecordedAsync(parsed, screen, cancellation))
        {
            if (asked.Scope.Has(recorded) && replay.Add(recorded))
                acts.Add(Act.Of(recorded));
        }

        if (acts.Count == 0)
            return Nothing(screen);
        var view = replay.ViewOf(resident, asked.Point.At ?? acts[^1].At, asked.WithAttributes)!;
        if (screen.IsJson)
            screen.Object(new { Resident = resident, Acts = acts, State = view });
        else
            ReplayText.Show(screen, acts, view);
        return replay.Broken.Any() ? Broken(screen, replay) : ExitCode.Good;
    }

    private static async Task<int> OnTwoTimesAsync(
        ResidentId resident, DateOnly asOf, ReplayRequest asked, ParseResult parsed, ReplayOptions options, Screen screen, CancellationToken cancellation)
    {
        var life = new List<Recorded>();
        await foreach (var recorded in options.Export.RecordedAsync(parsed, screen, cancellation))
        {
            if (asked.Scope.Has(recorded))
                life.Add(recorded);
        }

        if (TwoTimes.Of(resident, life, asOf, asked.KnownAt ?? screen.Time.GetUtcNow()) is not { } seen)
            return Nothing(screen);
        var shown = asked.WithAttributes ? seen : seen with { Attributes = null };
        if (screen.IsJson)
            screen.Object(shown);
        else
            ReplayText.Show(screen, shown);
        return ExitCode.Good;
    }

    /// <summary>What an office or an officer did, refused attempts and readings among it, line by line.</summary>
    private static async Task<int> OfSomeAsync(ReplayRequest asked, ParseResult parsed, ReplayOptions options, Screen screen, CancellationToken cancellation)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        if (!screen.IsJson)
            ReplayText.Head(screen);
        await foreach (var act in options.Export.ActsAsync(parsed, asked.Scope, asked.Point, cancellation))
        {
            counts[act.Type] = counts.GetValueOrDefault(act.Type) + 1;
            if (!screen.IsJson)
                ReplayText.Row(screen, act);
        }

        if (counts.Count == 0)
            return Nothing(screen);
        if (screen.IsJson)
            screen.Object(new { asked.Scope, Acts = counts });
        else
            ReplayText.Show(screen, counts, town: null);
        return ExitCode.Good;
    }

    private static async Task<int> OfAllAsync(ReplayRequest asked, ParseResult parsed, ReplayOptions options, Screen screen, CancellationToken cancellation)
    {
        var (replay, last) = (new TownReplay(asked.Point), DateTimeOffset.MinValue);
        await foreach (var recorded in options.Export.RecordedAsync(parsed, screen, cancellation))
        {
            if (replay.Add(recorded) && recorded.Provenance.At > last)
                last = recorded.Provenance.At;
        }

        if (replay.Events == 0)
            return Nothing(screen);
        var town = TownCount.Of(replay, asked.Point.At ?? last);
        if (screen.IsJson)
            screen.Object(new { replay.Acts, Town = town });
        else
            ReplayText.Show(screen, replay.Acts, town);
        return replay.Broken.Any() ? Broken(screen, replay) : ExitCode.Good;
    }

    private static int Nothing(Screen screen) =>
        screen.Fail("この範囲の出来事はありません。", "There are no events in this range.", ExitCode.Good);

    private static int Broken(Screen screen, TownReplay replay) => screen.Fail(
        $"再現できない系列があります: {string.Join(", ", replay.Broken.Take(10))}",
        $"Streams that can't be replayed: {string.Join(", ", replay.Broken.Take(10))}",
        ExitCode.Findings);
}
