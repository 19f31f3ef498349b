using System.Text.Json;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Xunit.Sdk;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Residents;

/// <summary>Whatever happens in whatever order, these things stay true.</summary>
public sealed class LifeTests
{
    private const int Lifetimes = 400;

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
        recorded.Add(new Recorded(Scene.HanakosId, 1, new ResidentRegistered(life.Person, People.Day("2020-04-01")), scene.Circumstances(Scene.Id(1)).ToProvenance("given")));
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

    private static Scene Later(Scene scene, Step step)
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

/// <summary>What must hold of every life.</summary>
internal static class Invariants
{
    /// <summary>After each accepted command.</summary>
    public static void OfStep(ResidentHistory before, IReadOnlyList<ResidentEvent> events, Scene scene, Life life)
    {
        Assert.NotEmpty(events);
        var (state, at) = (scene.Registered(), scene.Instant);
        foreach (var kind in Enum.GetValues<CertificateKind>())
            Assert.True(state.Certificates.Count(each => each.Kind == kind && each.IsOnCard && each.IsAlive(at)) <= 1, "two live certificates of a kind on the card");

        foreach (var dead in ((Resident.Registered)before.State).Certificates.Where(each => each.IsRevoked))
            Assert.Equal(dead, state.WithSerial(dead.Serial));

        foreach (var applied in events.OfType<CertificatesApplied>().SelectMany(each => each.Certificates))
            Assert.InRange(applied.LastDay, Jst.DayOf(at), life.CardEnds);

        foreach (var order in events.OfType<CertificateOrdered>().Select(each => each.Order))
        {
            Assert.True(order.NotBefore <= order.NotAfter, "validity ends before it begins");
            Assert.True(order.NotAfter <= Jst.EndOf(life.CardEnds), "the certificate outlives the card");
            Assert.Equal(order.Kind == CertificateKind.Signature, order.Holder is not null);
            if (order.Kind == CertificateKind.Signature && state.Current(CertificateKind.UserAuthentication, at) is { } held)
                Assert.True(order.NotAfter <= held.NotAfter, "the signature certificate outlives the user authentication one held");
        }

        foreach (var released in events.OfType<CertificateReleased>())
            Assert.True(state.WithSerial(released.Serial)!.IsAlive(at), "an expired certificate was released");
    }

    /// <summary>At the end, of all that was recorded.</summary>
    public static void OfStream(IReadOnlyList<ResidentEvent> events)
    {
        var applications = events.OfType<CertificatesApplied>().Select(each => each.Application).ToArray();
        var charged = events.OfType<FeeCharged>().Select(each => each.Application).ToArray();
        var waived = events.OfType<FeeWaived>().Select(each => each.Application).ToArray();
        Assert.Equal(applications.Order(ById), charged.Concat(waived).Order(ById));
        Assert.Distinct(applications);

        var refunded = events.OfType<FeeRefunded>().Select(each => each.Application).ToArray();
        Assert.Distinct(refunded);
        Assert.All(refunded, each => Assert.Contains(each, charged));

        var firstTimes = events.OfType<FeeWaived>().Where(each => WasFulfilled(each.Application, events)).SelectMany(each => each.Waivers)
            .Where(each => each.Reason is not (WaiverReason.Renewal or WaiverReason.RevokedByAttributeChange));
        Assert.Distinct(firstTimes.Select(each => each.Kind));
        Assert.Distinct(events.OfType<CertificateIssued>().Select(each => each.Serial));
        Assert.Distinct(events.OfType<CertificateConfirmed>().Select(each => each.Serial));
    }

    private static IComparer<CommandId> ById { get; } = Comparer<CommandId>.Create((one, other) => one.Value.CompareTo(other.Value));

    private static bool WasFulfilled(CommandId application, IReadOnlyList<ResidentEvent> events) =>
        !events.Contains(new ApplicationAbandoned(application));
}
