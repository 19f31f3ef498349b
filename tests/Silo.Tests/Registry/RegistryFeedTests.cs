using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Grains;
using Jpki.Silo.Registry;

namespace Jpki.Silo.Tests.Registry;

/// <summary>A batch through the feed, with residents that answer what the test wants.</summary>
public sealed class RegistryFeedTests
{
    private readonly FeedBench _bench = new();

    private FakeDoor Door => _bench.Door;

    [Fact]
    public async Task Each_line_is_answered_with_its_number_and_its_events()
    {
        var (reports, summary) = await _bench.TakeAsync(Lines.Registered(1, 1), "", "Geheim", Lines.Changed(2, 1));

        Assert.Equal(new FeedSummary(2, 0, 1, 0), summary);
        Assert.Equal(
            """
            {"line":1,"changeNumber":"13207-2026-000001","outcome":"accepted","events":["resident-registered.v1"]}
            {"line":3,"outcome":"rejected","code":"NotJson","japanese":"1行に1つのJSONオブジェクトを書いてください。","english":"Not one JSON object. Write one to a line, each member once.","events":[]}
            {"line":4,"changeNumber":"13207-2026-000002","outcome":"accepted","events":["four-attributes-changed.v1"]}

            """,
            string.Concat(reports.Select(report => Encoding.UTF8.GetString(FeedJson.Line(report)))));
        Assert.Equal("""{"summary":{"accepted":2,"doneBefore":0,"rejected":1}}""" + "\n", Encoding.UTF8.GetString(FeedJson.Line(new FeedEnd(summary))));
    }

    [Fact]
    public async Task The_same_batch_again_is_done_before_and_so_is_a_line_repeated_within_one()
    {
        await _bench.TakeAsync(Lines.Registered(1, 1));

        var (reports, summary) = await _bench.TakeAsync(Lines.Registered(1, 1), Lines.Registered(2, 2), Lines.Registered(2, 2));

        Assert.Equal([LineOutcome.DoneBefore, LineOutcome.Accepted, LineOutcome.DoneBefore], reports.Select(report => report.Outcome));
        Assert.Equal(new FeedSummary(1, 2, 0, 0), summary);
        Assert.All(reports, report => Assert.Equal(["resident-registered.v1"], report.Events));
    }

    [Fact]
    public async Task Reports_keep_the_order_of_the_lines_though_later_ones_are_done_first()
    {
        var last = new TaskCompletionSource();
        Door.Answer = async (resident, envelope, by) =>
        {
            if (resident == ResidentId.Parse(Lines.Resident(1)))
                await last.Task;
            else if (resident == ResidentId.Parse(Lines.Resident(20)))
                last.SetResult();
            return Door.Usual(resident, envelope, by);
        };

        var (reports, _) = await _bench.TakeAsync(Enumerable.Range(1, 20).Select(each => Lines.Registered(each, each)));

        Assert.Equal(Enumerable.Range(1, 20).Select(each => (long)each), reports.Select(report => report.Line));
    }

    [Fact]
    public async Task Lines_of_one_resident_never_overlap_and_keep_their_order()
    {
        var (within, overlapped) = (new ConcurrentDictionary<ResidentId, bool>(), false);
        Door.Answer = async (resident, envelope, by) =>
        {
            overlapped |= !within.TryAdd(resident, true);
            await Task.Yield();
            within.TryRemove(resident, out _);
            return Door.Usual(resident, envelope, by);
        };

        var (reports, _) = await _bench.TakeAsync(Enumerable.Range(1, 300).Select(each => Lines.Changed(each, each % 3)));

        Assert.False(overlapped);
        foreach (var own in Door.Asked.GroupBy(asked => asked.Resident))
            Assert.Equal(IdsOf(own.Key), own.Select(asked => asked.Id));
        Assert.Equal(300, reports.Count);

        IEnumerable<CommandId> IdsOf(ResidentId resident) =>
            from each in Enumerable.Range(1, 300)
            where Lines.Resident(each % 3) == resident.Value
            select CommandId.Derived("registry-change", "13207", Lines.Number(each));
    }

    [Fact]
    [Trait("Rule", "S23")]
    public async Task A_change_before_its_registration_says_to_send_that_first_and_is_taken_afterwards()
    {
        Door.Answer = (_, _, _) => Task.FromResult<ResidentAnswer>(new ResidentAnswer.Refused(Refusals.UnknownResident()));
        var (early, _) = await _bench.TakeAsync(Lines.Changed(2, 1));
        Door.Answer = (resident, envelope, by) => Task.FromResult(Door.Usual(resident, envelope, by));
        var (late, _) = await _bench.TakeAsync(Lines.Registered(1, 1), Lines.Changed(2, 1));

        Assert.Equal(("RegistrationFirst", "S23"), (early[0].Code, early[0].Rule));
        Assert.Contains("Send the registration first", early[0].English, StringComparison.Ordinal);
        Assert.All(late, report => Assert.Equal(LineOutcome.Accepted, report.Outcome));
    }

    [Fact]
    public async Task An_unknown_outcome_is_asked_for_again_under_the_same_id()
    {
        var answers = new Queue<Func<ResidentAnswer>>([() => new ResidentAnswer.TryAgain(), () => throw new TimeoutException()]);
        Door.Answer = (resident, envelope, by) => Task.FromResult(answers.TryDequeue(out var answer) ? answer() : Door.Usual(resident, envelope, by));

        var (reports, _) = await _bench.TakeAsync(Lines.Registered(1, 1));

        Assert.Equal(LineOutcome.Accepted, Assert.Single(reports).Outcome);
        Assert.Equal(3, Door.Asked.Count);
        Assert.Single(Door.Asked.Distinct());
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_is_told_and_stops_no_other_line()
    {
        Door.Answer = (resident, envelope, by) =>
            Task.FromResult(resident.Value == Lines.Resident(1) ? new ResidentAnswer.TryAgain() : Door.Usual(resident, envelope, by));

        var (reports, summary) = await _bench.TakeAsync(Lines.Registered(1, 1), Lines.Registered(2, 2));

        Assert.Equal(("OutcomeUnknown", LineOutcome.Accepted), (reports[0].Code, reports[1].Outcome));
        Assert.Equal(new FeedSummary(1, 0, 1, 1), summary);
        Assert.Equal(TimeSpan.FromSeconds(3.1), _bench.Time.Pauses.Aggregate(TimeSpan.Zero, (sum, pause) => sum + pause));
    }

    [Fact]
    [Trait("Rule", "S6")]
    public async Task A_number_whose_id_somebody_else_used_is_not_taken_for_done()
    {
        var clerk = new Actor("clerk-1", Role.Clerk, OfficeCode.Parse("132070001"));
        Door.Answer = (resident, envelope, _) => Task.FromResult(FakeDoor.Done(resident, envelope, clerk, repeated: true));

        var (reports, _) = await _bench.TakeAsync(Lines.Changed(1, 1));

        Assert.Equal((LineOutcome.Rejected, "ChangeNumberTaken"), (reports[0].Outcome, reports[0].Code));
    }

    [Fact]
    [Trait("Rule", "B3")]
    public async Task A_change_of_another_municipalitys_resident_is_in_the_journal_before_it_is_reported_and_a_malformed_one_is_not()
    {
        string[] lines = [Lines.Changed(1, 1).Replace("13207-00000001", "13208-00000001", StringComparison.Ordinal), "{}"];

        var (reports, _) = await _bench.TakeAsync(lines);
        _bench.Journal.Durable = () => Task.FromResult(false);
        var (again, summary) = await _bench.TakeAsync(lines);

        Assert.Equal(["OtherMunicipality", "UnknownKind"], reports.Select(each => each.Code));
        Assert.Equal(["OutcomeUnknown", "UnknownKind"], again.Select(each => each.Code));
        Assert.Equal(1, summary.Unknown);
        var entry = _bench.Journal.Entries[0];
        Assert.Equal(2, _bench.Journal.Entries.Count);
        Assert.Equal(new AttemptRefused("OtherMunicipality", "S23", ResidentId.Parse("13208-00000001")), entry.Entry);
        Assert.Equal(("change-attributes", FeedBench.Registry, FeedBench.Registry.Office), (entry.Provenance.Command, entry.Provenance.By, entry.Place.Office));
        Assert.Empty(_bench.Door.Asked);
        Assert.DoesNotContain(Lines.Name, entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_more_than_a_window_is_read_while_nobody_answers()
    {
        var gate = new TaskCompletionSource();
        var begun = new SemaphoreSlim(0);
        Door.Answer = async (resident, envelope, by) =>
        {
            begun.Release();
            await gate.Task;
            return Door.Usual(resident, envelope, by);
        };
        var input = new Endless();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var taking = _bench.Feed.TakeAsync(PipeReader.Create(input), FeedBench.Registry, _ => ValueTask.CompletedTask, stop.Token);
        for (var each = 0; each < RegistryFeed.Window; each++)
            Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        await stop.CancelAsync();
        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        Assert.InRange(Door.Asked.Count, RegistryFeed.Window, RegistryFeed.Window + 2);
    }

    [Fact]
    public async Task Input_that_breaks_off_is_an_error_after_what_was_read_is_reported()
    {
        var reports = new List<LineReport>();

        await Assert.ThrowsAsync<IOException>(() => _bench.Feed.TakeAsync(
            PipeReader.Create(new Endless(5, breaks: true)), FeedBench.Registry, Keep, TestContext.Current.CancellationToken));

        Assert.Equal(5, reports.Count);

        ValueTask Keep(LineReport report)
        {
            reports.Add(report);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_report_that_can_not_be_written_ends_the_batch()
    {
        await Assert.ThrowsAsync<IOException>(() => _bench.Feed.TakeAsync(
            PipeReader.Create(new Endless()), FeedBench.Registry, _ => throw new IOException("No room."), TestContext.Current.CancellationToken));
    }
}
