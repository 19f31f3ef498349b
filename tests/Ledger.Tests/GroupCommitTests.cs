using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>Appends of many residents in one transaction: each has its own outcome.</summary>
public sealed class GroupCommitTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static int _residents;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_queues_while_a_transaction_is_under_way_shares_the_next_one()
    {
        await using var open = await OneWriterAsync();
        var appends = await TogetherAsync(open, Strangers(40), _ => new(0, SampleEvents.Registration));

        Assert.All(appends, each => Assert.IsType<AppendOutcome.Appended>(each.Outcome));
        Assert.Equal(1, await TransactionsOfAsync(appends));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Of_41_appends_together_a_stale_one_is_refused_and_40_are_stored_together()
    {
        await using var open = await OneWriterAsync();
        var residents = Strangers(41);
        await open.Ledger.AppendedAsync(residents[17], 0, Given.Command(1), SampleEvents.Registration);

        var appends = await TogetherAsync(open, residents, _ => new(0, SampleEvents.Registration));

        Assert.IsType<AppendOutcome.Conflict>(appends[17].Outcome);
        var stored = appends.Where(each => each != appends[17]).ToList();
        Assert.All(stored, each => Assert.IsType<AppendOutcome.Appended>(each.Outcome));
        Assert.Equal(1, await TransactionsOfAsync(stored));
        Assert.Single(await open.Ledger.ReadAsync(residents[17], Cancellation));
    }

    [Fact]
    public async Task When_every_append_of_a_batch_is_stale_every_one_is_refused()
    {
        await using var open = await OneWriterAsync();

        var appends = await TogetherAsync(open, Strangers(20), _ => new(3, SampleEvents.NameChange));

        Assert.All(appends, each => Assert.IsType<AppendOutcome.Conflict>(each.Outcome));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_that_can_not_be_stored_fails_alone(bool serializerRefuses)
    {
        ResidentEvent poisoned = serializerRefuses
            ? new CardEnded(default, CardEndCause.Lost) // An identifier that was never parsed has no value.
            : new ResidentRegistered(new("山田\0花子", SampleEvents.Address, new(1985, 2, 28), Sex.Female), new(2016, 1, 4)); // jsonb refuses U+0000.
        await using var open = await OneWriterAsync();
        var residents = Strangers(41);

        var appends = await TogetherAsync(open, residents, each => new(0, each == residents[23] ? poisoned : SampleEvents.Registration));

        Assert.IsType<LedgerOutcomeUnknownException>(appends[23].Fault);
        Assert.Empty(await open.Ledger.ReadAsync(residents[23], Cancellation));
        Assert.All(appends.Where(each => each != appends[23]), each => Assert.IsType<AppendOutcome.Appended>(each.Outcome));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task One_command_twice_in_the_queue_is_stored_once_and_the_second_is_refused()
    {
        await using var open = await OneWriterAsync();
        var resident = Strangers(1)[0];

        var appends = await TogetherAsync(open, [resident, resident], _ => new(0, SampleEvents.Registration), sameCommand: true);

        Assert.IsType<AppendOutcome.Appended>(appends[0].Outcome);
        Assert.IsType<AppendOutcome.Conflict>(appends[1].Outcome);
        Assert.Single(await open.Ledger.ReadAsync(resident, Cancellation));
    }

    [Fact]
    public async Task Appends_of_a_resident_are_stored_in_the_order_they_were_given_with_256_waiting()
    {
        var residents = Strangers(16);
        await using var open = await OpenLedger.OnAsync(database.ConnectionString);
        var appends = new List<Task<AppendOutcome>>();
        foreach (var version in Enumerable.Range(0, 16))
        {
            appends.AddRange(residents.Select(resident => open.Ledger.AppendAsync(
                resident, version, [version == 0 ? SampleEvents.Registration : SampleEvents.NameChange], Given.By(Given.Command(version + 1)), cancellation: Cancellation)));
        }

        Assert.All(await Task.WhenAll(appends), each => Assert.IsType<AppendOutcome.Appended>(each));

        foreach (var resident in residents)
        {
            var stored = await open.Ledger.ReadAsync(resident, Cancellation);
            Assert.Equal(Enumerable.Range(1, 16).Select(Given.Command), stored.Select(each => each.Provenance.CommandId));
        }
    }

    [Fact]
    public async Task Both_ways_of_committing_store_the_same_rows()
    {
        await using var singly = await OpenLedger.OnAsync(database.ConnectionString, CommitHandling.Singly);
        var (one, other) = (Strangers(1)[0], Strangers(1)[0]);
        await singly.Ledger.AppendedAsync(one, 0, Given.Command(1), [.. Beginning]);
        await database.Ledger.AppendedAsync(other, 0, Given.Command(1), [.. Beginning]);
        await singly.Ledger.AppendedAsync(one, Beginning.Count, Given.Command(2), SampleEvents.NameChange);
        await database.Ledger.AppendedAsync(other, Beginning.Count, Given.Command(2), SampleEvents.NameChange);

        string Rows(string resident) => $"""
            select (to_jsonb(e) - 'seq_id' - 'id' - 'stream_id' - 'timestamp')::text || (to_jsonb(s) - 'id' - 'timestamp' - 'created')::text
            from ledger.mt_events e join ledger.mt_streams s on s.id = e.stream_id where s.id = '{resident}' order by e.version
            """;
        Assert.Equal(
            await Sql.ColumnAsync<string>(database.ConnectionString, Rows(one.Value)),
            await Sql.ColumnAsync<string>(database.ConnectionString, Rows(other.Value)));
    }

    private static IReadOnlyList<ResidentEvent> Beginning { get; } = [.. SampleEvents.All.Take(4)];

    private static ResidentId[] Strangers(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Given.Resident(Interlocked.Increment(ref _residents)))];

    private Task<OpenLedger> OneWriterAsync() =>
        OpenLedger.OnAsync(database.ConnectionString, options: new LedgerOptions { GroupCommit = { Writers = 1 } });

    /// <summary>Sends appends so that they are in one batch: they gather behind one that waits for a lock.</summary>
    private async Task<IReadOnlyList<Sent>> TogetherAsync(
        OpenLedger open, ResidentId[] residents, Func<ResidentId, Wanted> wanted, bool sameCommand = false)
    {
        Task<AppendOutcome> first;
        List<Task<AppendOutcome>> appends;
        await using (await Standstill.OfAsync(database.ConnectionString))
        {
            first = open.Ledger.AppendAsync(Strangers(1)[0], 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: Cancellation);
            await Standstill.HoldsAsync(database.ConnectionString);
            appends = [.. residents.Select((resident, index) => open.Ledger.AppendAsync(
                resident,
                wanted(resident).Version,
                [wanted(resident).Event],
                Given.By(Given.Command(sameCommand ? 1 : index + 1)),
                cancellation: Cancellation))];
        }

        Assert.IsType<AppendOutcome.Appended>(await first);
        await Eventually.TrueAsync(() => Task.FromResult(appends.TrueForAll(each => each.IsCompleted)));
        return [.. appends.Select((each, index) => new Sent(
            residents[index], each.IsCompletedSuccessfully ? each.Result : null, each.Exception?.InnerException))];
    }

    private Task<long> TransactionsOfAsync(IEnumerable<Sent> appends) => Sql.ScalarAsync<long>(
        database.ConnectionString,
        $"select count(distinct xmin::text) from ledger.mt_events where stream_id in ({string.Join(',', appends.Select(each => $"'{each.Resident}'"))})");

    private sealed record Wanted(long Version, ResidentEvent Event);

    private sealed record Sent(ResidentId Resident, AppendOutcome? Outcome, Exception? Fault);
}
