using System.Diagnostics;
using Jpki.Ledger.Storage;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>Too much, too little, too late: a full queue, a lone append, a caller who leaves, a stop.</summary>
public sealed class GroupCommitPressureTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private const int Capacity = 8;

    private static int _residents;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_queue_refuses_quickly_and_what_it_refused_was_never_sent()
    {
        await using var open = await SmallAsync(TimeSpan.FromMilliseconds(200));
        List<Task<AppendOutcome>> appends;
        await using (await Standstill.OfAsync(database.ConnectionString))
        {
            appends = [Append(open)];
            await Standstill.HoldsAsync(database.ConnectionString);
            appends.AddRange(Enumerable.Range(0, 200).Select(_ => Append(open)));

            // All but those in the queue are answered while the database still stands.
            await Eventually.TrueAsync(() => Task.FromResult(appends.Count(each => each.IsCompleted) == appends.Count - 1 - Capacity));
        }

        var outcomes = await Task.WhenAll(appends);
        Assert.All(outcomes, each => Assert.True(each is AppendOutcome.Appended or AppendOutcome.Busy));
        Assert.True(outcomes.OfType<AppendOutcome.Appended>().Count() <= 1 + Capacity);
        Assert.Equal(outcomes.OfType<AppendOutcome.Appended>().Count(), await StoredAsync(outcomes));
    }

    [Fact]
    public async Task A_lone_append_waits_for_no_timer()
    {
        await using var store = new LedgerStore(new LedgerOptions(), TimeProvider.System);
        store.Open(database.ConnectionString);
        var clock = new Timers { Forbidden = true };
        await using var writer = new GroupCommitWriter(store, new GroupCommitOptions(), clock);

        var outcome = await writer.AppendAsync(
            new(Stranger().Value, 0, [new(SampleEvents.Registration, Given.By(Given.Command(1)))], Domain.Residents.KeptRows.AsBefore), Cancellation);

        Assert.Equal(StreamOutcome.Appended, outcome);
        clock.Forbidden = false; // A stop has a limit.
    }

    [Fact]
    public async Task A_caller_who_leaves_the_queue_takes_the_append_along()
    {
        await using var open = await SmallAsync(TimeSpan.FromSeconds(20));
        using var impatience = new CancellationTokenSource();
        var leaver = Stranger();
        Task<AppendOutcome> first, left, last;
        await using (await Standstill.OfAsync(database.ConnectionString))
        {
            first = Append(open);
            await Standstill.HoldsAsync(database.ConnectionString);
            left = open.Ledger.AppendAsync(leaver, 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: impatience.Token);
            last = Append(open);
            await impatience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }

        Assert.All(await Task.WhenAll(first, last), each => Assert.IsType<AppendOutcome.Appended>(each));
        Assert.Empty(await open.Ledger.ReadAsync(leaver, Cancellation));
    }

    [Fact]
    public async Task A_stop_stores_what_is_queued_and_takes_nothing_more()
    {
        var open = await SmallAsync(TimeSpan.FromSeconds(20));
        List<Task<AppendOutcome>> appends;
        ValueTask stop;
        await using (await Standstill.OfAsync(database.ConnectionString))
        {
            appends = [Append(open)];
            await Standstill.HoldsAsync(database.ConnectionString);
            appends.AddRange(Enumerable.Range(0, Capacity).Select(_ => Append(open)));
            stop = open.DisposeAsync();
            Assert.IsType<AppendOutcome.Busy>(await Append(open));
        }

        await stop;
        Assert.All(await Task.WhenAll(appends), each => Assert.IsType<AppendOutcome.Appended>(each));
    }

    [Fact]
    public async Task A_stop_on_a_database_that_does_not_answer_ends_in_its_time_and_nobody_waits_for_ever()
    {
        var options = new LedgerOptions { GroupCommit = { Writers = 1, MaxBatch = 2, DrainWithin = TimeSpan.FromMilliseconds(300) } };
        var open = await OpenLedger.OnAsync(database.ConnectionString, options: options);
        await using var standstill = await Standstill.OfAsync(database.ConnectionString);
        var appends = Enumerable.Range(0, 20).Select(_ => Append(open)).ToList();
        await Standstill.HoldsAsync(database.ConnectionString);

        var watch = Stopwatch.StartNew();
        await open.DisposeAsync();

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        await Eventually.TrueAsync(() => Task.FromResult(appends.TrueForAll(each => each.IsCompleted)));
        Assert.All(appends, each => Assert.True(each.Exception?.InnerException is LedgerOutcomeUnknownException || each.Result is AppendOutcome.Busy));
        Assert.Contains(appends, each => each.IsFaulted);
        Assert.Contains(appends, each => !each.IsFaulted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Options_out_of_range_are_refused(int number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCommitOptions { Writers = number }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCommitOptions { MaxBatch = number }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCommitOptions { QueueCapacity = number }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCommitOptions { BusyAfter = TimeSpan.FromSeconds(number) }.Validate());
    }

    private static Domain.Identifiers.ResidentId Stranger() => Given.Resident(Interlocked.Increment(ref _residents));

    private static Task<AppendOutcome> Append(OpenLedger open) =>
        open.Ledger.AppendAsync(Stranger(), 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: Cancellation);

    private Task<OpenLedger> SmallAsync(TimeSpan busyAfter) => OpenLedger.OnAsync(database.ConnectionString, options: new LedgerOptions
    {
        GroupCommit = { Writers = 1, MaxBatch = 2, QueueCapacity = Capacity, BusyAfter = busyAfter },
    });

    private Task<long> StoredAsync(AppendOutcome[] outcomes)
    {
        var residents = outcomes.OfType<AppendOutcome.Appended>().Select(each => $"'{each.Events[0].Resident}'");
        return Sql.ScalarAsync<long>(database.ConnectionString, $"select count(*) from ledger.mt_streams where id in ({string.Join(',', residents)})");
    }

    private sealed class Timers : TimeProvider
    {
        public bool Forbidden { get; set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Forbidden ? throw new InvalidOperationException("A lone append asked for a timer.") : base.CreateTimer(callback, state, dueTime, period);
    }
}
