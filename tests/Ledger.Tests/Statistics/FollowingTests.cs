using Jpki.Domain.Statistics;
using Jpki.Ledger.Statistics;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests.Statistics;

/// <summary>The views follow the ledger: every event once, whatever happens to who follows.</summary>
[Trait("Rule", "D6")]
public sealed class FollowingTests(LocalServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5_000)]
    public async Task Cells_and_running_hash_do_not_depend_on_the_pages(int pageEvents)
    {
        await using var town = await CountedTown.OnAsync(server, $"statistics_pages_{pageEvents}");
        await town.LiveAsync(1, 10);

        await town.FollowAsync(pageEvents);

        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        var status = await town.Views.StatusAsync(Cancellation);
        Assert.Equal((await town.Open.Ledger.ReadAllAsync(Cancellation).CountAsync(Cancellation), 0), ((int)status.Count, (int)status.Behind));
        Assert.Equal(await HashAsync(town), status.Hash);
        Assert.True(await town.Views.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task An_event_is_counted_within_a_second()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_lag");
        await town.StartFollowerAsync();
        await town.LiveAsync(1, 1);
        await town.CaughtUpAsync();

        await town.LiveAsync(2, 1);
        var before = DateTimeOffset.UtcNow;
        await town.CaughtUpAsync();

        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        Assert.InRange((await town.Views.StatusAsync(Cancellation)).FoldedAt, before.AddSeconds(-1), before.AddSeconds(1));
    }

    [Fact]
    public async Task Two_that_follow_at_once_count_every_event_once()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_two");
        await using var other = town.Other();
        var living = town.LiveAsync(1, 40);

        // Both past the election, as a process that was paused and woke beside its successor.
        var (first, second) = (town.Pages(7), other.Pages(7));
        while (!living.IsCompleted || (await town.Views.StatusAsync(Cancellation)).Behind > 0)
        {
            var safe = await town.Horizon.SafeSequenceAsync(Cancellation);
            await Task.WhenAll(first.NextAsync(safe, Cancellation), second.NextAsync(safe, Cancellation));
        }

        await living;
        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        Assert.True(await town.Views.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task A_follower_killed_in_the_middle_of_a_page_leaves_nothing_half()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_killed");
        await town.LiveAsync(1, 10);
        await using var source = NpgsqlDataSource.Create(town.Connection);
        await using var obstacle = await source.OpenConnectionAsync(Cancellation);
        await using var hold = await obstacle.BeginTransactionAsync(Cancellation);
        await using (var halt = new NpgsqlCommand("lock table ledger.statistics_cell in share mode", obstacle, hold))
            await halt.ExecuteNonQueryAsync(Cancellation);

        // The page has moved the view's row, and waits for the lock on the cells.
        var page = town.Pages().NextAsync(await town.Horizon.SafeSequenceAsync(Cancellation), Cancellation);
        const string waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%statistics_cell%' and datname = current_database()";
        await Eventually.TrueAsync(async () => await Sql.ScalarAsync<long>(town.Connection, waiting) == 1);
        await Sql.ExecuteAsync(town.Connection, waiting.Replace("count(*)", "pg_terminate_backend(pid)", StringComparison.Ordinal));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => page);
        await hold.RollbackAsync(Cancellation);

        Assert.Equal(0, (await town.Views.StatusAsync(Cancellation)).Sequence);
        await town.FollowAsync();
        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        Assert.True(await town.Views.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task One_follows_and_another_takes_over_when_it_ends()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_turns");
        await using var other = town.Other();
        var first = await town.StartFollowerAsync();
        await town.LiveAsync(1, 2);
        await town.CaughtUpAsync();
        await other.StartFollowerAsync();

        await town.LiveAsync(3, 2);
        await town.CaughtUpAsync();
        await first.StopAsync(Cancellation);
        await town.LiveAsync(5, 2);
        await other.CaughtUpAsync();

        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
    }

    [Fact]
    [Trait("Rule", "B3")]
    public async Task Refusals_in_the_journals_are_counted_and_are_nobodys_facts()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_journal");
        await town.LiveAsync(1, 1);
        foreach (var (number, entry) in SampleEntries.All.Index())
            Assert.True(await town.Open.OfficeJournal.RecordAsync(SampleEntries.CityHall, entry, SampleEntries.By(number + 1)));
        await town.FollowAsync();

        var refusal = Assert.Single(await town.Views.CellsAsync(new(Figures: [Figure.AttemptRefused]), cancellation: Cancellation).ToListAsync(Cancellation));
        Assert.Equal(("S25", "CardFaceNotCurrent", 1), (refusal.Key.Reason, refusal.Key.Detail, refusal.Sum.Count));
        Assert.Equal(await Sql.ScalarAsync<long>(town.Connection, "select count(*) from ledger.mt_events"), (await town.Views.StatusAsync(Cancellation)).Count);
        Assert.Equal(1, await Sql.ScalarAsync<long>(town.Connection, "select count(*) from ledger.statistics_resident where birth_date = '1900-01-01'"));
        Assert.True(await town.Views.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task An_event_that_can_not_be_counted_stops_the_views_and_is_told_once()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_unknown");
        await town.LiveAsync(1, 2);
        await Sql.ExecuteAsync(town.Connection, "update ledger.mt_events set type = 'certificate-blessed.v1' where seq_id = 6");
        await town.StartFollowerAsync();

        await Eventually.TrueAsync(async () => (await town.Views.StatusAsync(Cancellation)).Incidents.Count > 0);

        var status = await town.Views.StatusAsync(Cancellation);
        Assert.Equal((5, StatisticsIncidentKind.FoldStopped), (status.Sequence, Assert.Single(status.Incidents).Kind));
        Assert.Equal(["What stands at sequence 6 does not belong into its stream."], status.Incidents[0].Findings);
        Assert.Single(town.Log.Lines);

        // The program learns the event, and the views go on by themselves.
        await Sql.ExecuteAsync(town.Connection, "update ledger.mt_events set type = 'certificate-issued.v1' where seq_id = 6");
        await town.CaughtUpAsync();
        await Eventually.TrueAsync(async () => (await town.Views.StatusAsync(Cancellation)).Incidents.Count == 0);
    }

    /// <summary>The running hash as anybody can reckon it from the event table.</summary>
    private static async Task<string> HashAsync(CountedTown town) => await Sql.ScalarAsync<string>(
        town.Connection,
        """
        with recursive numbered as (
            select row_number() over (order by seq_id) as n,
                int8send(seq_id) || int8send(version) || uuid_send(id)
                || int2send(octet_length(stream_id)::int2) || convert_to(stream_id, 'UTF8') || int2send(octet_length(type)::int2) || convert_to(type, 'UTF8') as told
            from ledger.mt_events),
        chain as (
            select 0::bigint as n, decode(repeat('00', 32), 'hex') as hash
            union all select numbered.n, sha256(chain.hash || numbered.told) from chain join numbered on numbered.n = chain.n + 1)
        select encode(hash, 'hex') from chain order by n desc limit 1
        """);
}
