using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Domain.Statistics;
using Jpki.Domain.Tests.Residents;
using static Jpki.Domain.Tests.Residents.Stories;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Statistics;

/// <summary>What the fold keeps of a resident, and that it keeps no less and no more than it needs.</summary>
[Trait("Rule", "D6")]
public sealed class FactsTests
{
    private const int Lifetimes = 200;

    [Fact]
    public void Who_holds_what_until_when_is_kept()
    {
        var facts = Holder().Facts();

        Assert.Equal(People.Hanako.BirthDate, facts.BirthDate);
        Assert.Equal(
            [(Signature, Scene.Serial(2), HandOverEnds), (Authentication, Scene.Serial(1), HandOverEnds)],
            facts.Held.Select(each => (each.Kind, each.Serial, each.LastDay)));
        Assert.True(facts.Pending.IsEmpty);
    }

    [Fact]
    public void A_suspended_certificate_is_still_held_and_a_renewed_one_replaces_the_old()
    {
        Assert.Equal(2, Holder().Lost().Facts().Held.Count);

        var renewed = Holder().Applied(Signature).PutOnCard().Facts();
        Assert.Equal([Scene.Serial(3), Scene.Serial(1)], renewed.Held.Select(each => each.Serial));
    }

    [Fact]
    public void Every_event_is_either_counted_or_said_to_count_for_nothing()
    {
        var events = typeof(ResidentEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ResidentEvent))).ToArray();
        var sample = Holder().Told[^1];

        Assert.All(events, type => Assert.Contains(Samples.Events, each => each.Event.GetType() == type));
        Assert.All(Samples.Events, each =>
        {
            var (facts, sums) = (Holder().Facts(), new CellSums());
            var after = StatisticsFold.With(facts, sample with { Event = each.Event }, sums);
            if (StatisticsFold.Unheeded.Contains(each.Event.GetType()))
                Assert.True(ReferenceEquals(facts, after) && sums.All.Count == 0);
        });
    }

    [Fact]
    public void In_any_life_the_facts_agree_with_the_residents_state() => ForAll(
        Life.Any,
        life =>
        {
            var scene = life.Lived();
            var (facts, state) = (scene.Facts(), scene.Registered());
            Assert.Equal(state.Attributes.BirthDate, facts.BirthDate);
            Assert.Equal(
                Enum.GetValues<CertificateKind>().Select(kind => state.LastHeld(kind)).OfType<Certificate>()
                    .Where(each => !each.IsRevoked).Select(each => (each.Kind, each.Serial, Jst.DayOf(each.NotAfter))),
                facts.Held.Select(each => (each.Kind, each.Serial, each.LastDay)));
            Assert.Equal((state.Application as Application.Open)?.Remaining.Select(each => each.Kind), facts.Pending.Application?.Kinds.Select(each => each.Kind));
            Assert.Equal(state.AgentCase is AgentCase.Open, facts.Pending.Errand is not null);
            return true;
        },
        Lifetimes);

    [Fact]
    public void In_any_life_every_kind_applied_for_is_issued_given_up_or_under_way_and_every_yen_accounted_for() => ForAll(
        Life.Any,
        life =>
        {
            var scene = life.Lived();
            var sums = scene.Sums().All;
            long Count(Figure figure) => sums.Where(each => each.Key.Figure == figure).Sum(each => each.Value.Count);
            var open = scene.Facts().Pending.Application?.Kinds.Count ?? 0;

            Assert.Equal(Count(Figure.CertificateApplied), Count(Figure.CertificateIssued) + Count(Figure.CertificateGivenUp) + open);
            Assert.Equal(Count(Figure.ApplicationAccepted), Count(Figure.FeeCharged) + Count(Figure.FeeWaived));
            Assert.Equal(Count(Figure.CertificateIssued), Count(Figure.WaitingTime));
            Assert.True(Count(Figure.FeeRefunded) <= Count(Figure.FeeCharged));
            return true;
        },
        Lifetimes);

    [Theory]
    [InlineData("2026-06-01")]
    [InlineData("2024-02-29")]
    [InlineData("2027-02-28")]
    [InlineData("2027-03-01")]
    public void The_age_bands_are_those_of_the_law(string day)
    {
        var on = People.Day(day);
        var dividing = AgeBands.BirthDatesDividing(on);

        Assert.Equal(dividing.Order(), dividing);
        for (var born = on.AddYears(-110); born <= on; born = born.AddDays(1))
        {
            var bounds = AgeBands.NameOf(dividing.Count(each => each <= born)).Split('-');
            var age = Age.On(born, on);
            Assert.True(age >= int.Parse(bounds[0]) && (bounds[1].Length == 0 || age <= int.Parse(bounds[1])), $"{born:o} {age}");
        }
    }
}
