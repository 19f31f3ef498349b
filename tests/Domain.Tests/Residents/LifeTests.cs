using System.Text.Json;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Xunit.Sdk;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Residents;

/// <summary>Whatever happens in whatever order, these things stay true.</summary>
public sealed class LifeTests
{
    private const int Lifetimes = 250;

    [Fact]
    [Trait("Rule", "S6")]
    [Trait("Rule", "S10")]
    [Trait("Rule", "S17")]
    [Trait("Rule", "B1")]
    public void Nothing_that_may_not_be_ever_comes_to_be()
    {
        var seen = new HashSet<string>();
        ForAll(
            Life.Any,
            life =>
            {
                var broken = Xunit.Record.Exception(() => Live(life, seen));
                return broken is null ? true : throw new XunitException($"{broken.Message}\nin the life {life}", broken);
            },
            Lifetimes);

        // The lives are worth their time only while they get everywhere.
        Assert.Equal([], StoredNames.Events.Keys.Where(each => !seen.Contains(each)));
    }

    private static void Live(Life life, HashSet<string> seen)
    {
        var recorded = new List<Recorded>();
        var scene = Stories.Registered(life.Person).Under(life.Rules);
        var given = scene.Circumstances(Scene.Id(1)).ToProvenance("given");
        recorded.Add(new Recorded(Scene.HanakosId, 1, new ResidentRegistered(life.Person, People.Day("2020-04-01")), given));
        seen.Add("resident-registered.v1");
        Step[] handOver = [new Step(Act.HandOver, life.OptedOut, 1, 0, false)];
        foreach (var (n, step) in handOver.Concat(life.Steps).Index())
        {
            scene = Later(scene, step).By(step.By);
            var (command, id, before) = (step.Command(life, scene), Scene.Id(1000 + n), scene.History);
            var circumstances = scene.Circumstances(id);
            if (ResidentDecider.Decide(before.State, command, circumstances) is Decision.Accepted accepted)
            {
                var provenance = circumstances.ToProvenance(command.Name());
                var happened = accepted.Events.Select((each, i) => new Recorded(Scene.HanakosId, before.Version + 1 + i, each, provenance)).ToArray();
                seen.UnionWith(happened.Select(each => StoredNameAttribute.Of(each.Event.GetType()).Name));
                scene = scene with { History = before.With(happened) };
                recorded.AddRange(happened);
                Invariants.OfStep(before, accepted.Events, scene, life);
            }
            else
            {
                Assert.Equal(Shape.Of(Fold(recorded).State), Shape.Of(before.State));
            }
        }

        Invariants.OfStream([.. recorded.Select(each => each.Event)]);
        Assert.Equal(Shape.Of(scene.State), Shape.Of(Fold(Stored(recorded)).State));
        Assert.Equal(View(scene.History, scene.Instant), View(Fold(Stored(recorded)), scene.Instant));
    }

    internal static Scene Later(Scene scene, Step step)
    {
        var instant = scene.Instant.AddDays(step.Days).AddMinutes(5);
        var hours = ReceptionHours.Akishima;
        return scene with { Instant = step.AtOpenCounter && !hours.IsOpen(instant) ? hours.NextOpening(instant) : instant };
    }

    /// <summary>As the ledger would give them back.</summary>
    private static IReadOnlyList<Recorded> Stored(IReadOnlyList<Recorded> recorded) =>
        JsonSerializer.Deserialize<IReadOnlyList<Recorded>>(JsonSerializer.Serialize(recorded, Contract.Options), Contract.Options)!;

    private static ResidentHistory Fold(IReadOnlyList<Recorded> recorded) => ResidentHistory.Empty.With(recorded);

    private static string View(ResidentHistory history, DateTimeOffset at) =>
        JsonSerializer.Serialize(ResidentView.Of(Scene.HanakosId, history, at, withAttributes: true), Contract.Options);
}
