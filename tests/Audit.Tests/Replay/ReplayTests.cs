using Jpki.Audit.Replay;
using Jpki.Audit.Tests.Support;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Tests.Replay;

/// <summary>Any past state comes back from events alone, and is what the domain's own fold makes of them.</summary>
public sealed class ReplayTests
{
    private static readonly IReadOnlyList<Recorded> _events = [.. InventedTown.Events(60)];

    private static readonly ResidentId _busiest = _events.GroupBy(each => each.Resident).MaxBy(life => life.Count())!.Key;

    [Fact]
    [Trait("Rule", "D5")]
    public void What_an_export_says_is_what_was_recorded()
    {
        foreach (var (recorded, index) in _events.Select((each, index) => (each, index)))
        {
            var read = RecordedReader.Read(InventedTown.Line(index, recorded));
            Assert.NotNull(read);
            Assert.Equal(recorded.Provenance, read.Provenance);
            Assert.Equal(recorded.Event.GetType(), read.Event.GetType());
        }
    }

    [Fact]
    public void What_is_no_residents_or_can_not_be_read_is_none()
    {
        var line = InventedTown.Line(0, _events[0]);

        Assert.Null(RecordedReader.Read(line with { Stream = "journal/13207/-/2026-04-01/1" }));
        Assert.Null(RecordedReader.Read(line with { Type = "unheard-of.v1" }));
        Assert.Null(RecordedReader.Read(line with { Body = "{}"u8.ToArray() }));
        Assert.Null(RecordedReader.Read(line with { Headers = "{}"u8.ToArray() }));
        Assert.Null(RecordedReader.Read(line with { Causation = default }));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public void Every_version_and_every_instant_of_everybody_can_be_had_again()
    {
        foreach (var life in _events.GroupBy(each => each.Resident).Take(10))
        {
            var history = ResidentHistory.Empty;
            foreach (var recorded in life)
            {
                history = history.With(recorded);
                Assert.Same(typeof(Resident.Registered), history.State.GetType());
                Assert.Equal(View(life.Key, history, recorded), View(new(Version: recorded.Version), life, recorded));
            }
        }

        var instant = _events[_events.Count / 2].Provenance.At;
        var then = Replayed(new(At: instant), _events);
        Assert.Equal(_events.Count(each => each.Provenance.At <= instant), then.Events);
    }

    [Fact]
    public void An_office_and_an_officer_have_their_own_acts()
    {
        var office = OfficeCode.Parse("132070002");
        var officer = _events.First(each => each.Provenance.By.Office == office && each.Provenance.By.Role == Role.Clerk).Provenance.By.Subject;
        var acts = _events.Where(new ReplayScope(Office: office, Officer: officer).Has).Select(Act.Of).ToList();

        Assert.NotEmpty(acts);
        Assert.All(acts, act => Assert.Equal((office, officer, Role.Clerk), (act.Office, act.Subject, act.Role)));
        Assert.Equal(_events.Count, _events.Count(new ReplayScope().Has));
    }

    [Fact]
    public void A_stream_that_can_not_be_is_named_and_the_others_go_on()
    {
        var replay = Replayed(new(), _events.Where(each => each.Resident != _busiest || each.Version != 2));

        Assert.Equal([_busiest], replay.Broken);
        Assert.Equal(60, replay.Residents.Count());
    }

    [Fact]
    public void A_town_is_counted_as_it_stood()
    {
        var at = _events[^1].Provenance.At;
        var count = TownCount.Of(Replayed(new(), _events), at);

        Assert.Equal(60, count.Registered + count.Gone);
        Assert.Equal(
            _events.Count(each => each.Event is CertificateOrdered), count.Certificates.Values.Sum(each => each.Values.Sum()));
        Assert.InRange(count.Cards, 20, 60);
    }

    [Fact]
    public void Between_two_instants_everything_that_happened_shows_and_nothing_where_nothing_did()
    {
        var (from, to) = (_events[200].Provenance.At, _events[400].Provenance.At);
        var (before, after) = (Replayed(new(At: from), _events), Replayed(new(At: to), _events));
        var differences = after.Residents.SelectMany(each => Differences.Between(each.Resident, before.StateOf(each.Resident), from, each.State, to)).ToList();

        Assert.Empty(after.Residents.SelectMany(each => Differences.Between(each.Resident, each.State, to, each.State, to)));
        var handedOver = _events.Where(each => each.Provenance.At > from && each.Provenance.At <= to && each.Event is CardHandedOver).Select(each => each.Resident).Distinct();
        Assert.Empty(handedOver.Except(differences.Where(each => each.Code is "CardHandedOver" or "CardEnded").Select(each => each.Resident)));
        Assert.Contains("CertificateChanged", differences.Select(each => each.Code));
    }

    private static TownReplay Replayed(ReplayPoint point, IEnumerable<Recorded> events)
    {
        var replay = new TownReplay(point);
        foreach (var recorded in events)
            replay.Add(recorded);
        return replay;
    }

    private static string View(ResidentId id, ResidentHistory history, Recorded last) =>
        System.Text.Json.JsonSerializer.Serialize(ResidentView.Of(id, history, Jst.StartOf(Jst.DayOf(last.Provenance.At)), withAttributes: true), Domain.Json.Contract.Options);

    private static string View(ReplayPoint point, IEnumerable<Recorded> life, Recorded last) =>
        System.Text.Json.JsonSerializer.Serialize(
            Replayed(point, life).ViewOf(last.Resident, Jst.StartOf(Jst.DayOf(last.Provenance.At)), withAttributes: true), Domain.Json.Contract.Options);
}
