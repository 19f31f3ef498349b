using Jpki.Ledger.Statistics;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.Statistics;

/// <summary>The statistics can be made anew from the ledger, while everybody reads and counts on.</summary>
[Trait("Rule", "D6")]
public sealed class RebuildTests(LocalServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rebuild_gives_what_was_kept_and_is_followed_on()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_rebuilt");
        await town.LiveAsync(1, 15);
        await town.FollowAsync();
        var before = await town.KeptAsync();
        var holders = await HoldersAsync(town);

        var done = await RebuiltAsync(town);

        Assert.Equal((RebuildState.Done, true), (done.State, done.Equal));
        Assert.Equal(before, await town.KeptAsync());
        Assert.Equal(holders, await HoldersAsync(town));
        Assert.NotEmpty(holders);
        await town.LiveAsync(16, 3);
        await town.FollowAsync();
        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        Assert.True(await town.Views.CheckAsync(Cancellation));
        Assert.Equal(1, await Sql.ScalarAsync<long>(town.Connection, "select count(distinct generation) from ledger.statistics_cell"));
    }

    [Fact]
    public async Task Readers_see_all_cells_at_any_moment_of_a_rebuild()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_read_on");
        await town.LiveAsync(1, 15);
        await town.FollowAsync();
        var all = await town.KeptAsync();

        var rebuilding = RebuiltAsync(town);
        do
            Assert.Equal(all, await town.KeptAsync());
        while (!rebuilding.IsCompleted);

        Assert.True((await rebuilding).Equal);
    }

    [Fact]
    public async Task A_rebuild_shows_its_progress_and_is_stopped_and_gone_on_with()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_resumed");
        await town.LiveAsync(1, 14);
        await town.FollowAsync();
        var kept = await town.KeptAsync();
        var total = (await town.Views.StatusAsync(Cancellation)).Sequence;

        // The process dies with its rebuild half done: what it saved last is there.
        town.Options.CheckpointEvents = 10;
        await town.Views.RequestRebuildAsync("test", Cancellation);
        await Sql.ExecuteAsync(town.Connection, "update ledger.mt_events set type = 'certificate-blessed.v1' where seq_id = (select max(seq_id) from ledger.mt_events)");
        await Assert.ThrowsAsync<LedgerDamagedException>(() => RunAsync(town));
        await Sql.ExecuteAsync(town.Connection, "update ledger.mt_events set type = 'certificate-confirmed.v1' where type = 'certificate-blessed.v1'");
        Assert.True(await town.Views.StopRebuildAsync(Cancellation));
        await RunAsync(town);
        var stopped = (await town.Views.StatusAsync(Cancellation)).Rebuild!;
        Assert.Equal(RebuildState.Stopped, stopped.State);
        Assert.InRange(stopped.Saved, 1, total - 1);
        Assert.False(await town.Views.StopRebuildAsync(Cancellation));

        // It goes on from there: what was saved is not read again.
        await Sql.ExecuteAsync(town.Connection, $"alter table ledger.mt_events rename to hidden; create view ledger.mt_events as select * from ledger.hidden where seq_id > {stopped.Saved}");
        var done = await RebuiltAsync(town);

        Assert.Equal((RebuildState.Done, true), (done.State, done.Equal));
        Assert.Equal(kept, await town.KeptAsync());
    }

    [Fact]
    public async Task Views_that_are_far_behind_are_rebuilt_instead_of_followed()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_behind");
        await town.LiveAsync(1, 5);
        town.Options.RebuildWhenBehind = 20;
        await town.StartFollowerAsync();
        await town.CaughtUpAsync();

        Assert.Equal("behind", (await town.Views.StatusAsync(Cancellation)).Rebuild?.Cause);
        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
    }

    private static async Task<IReadOnlyList<HolderCount>> HoldersAsync(CountedTown town) =>
        await town.Views.HoldersAsync(null, new(2026, 6, 1), Cancellation).ToListAsync(Cancellation);

    private static async Task<StatisticsRebuildStatus> RebuiltAsync(CountedTown town)
    {
        await town.Views.RequestRebuildAsync("test", Cancellation);
        await RunAsync(town);
        return (await town.Views.StatusAsync(Cancellation)).Rebuild!;
    }

    private static async Task RunAsync(CountedTown town)
    {
        var job = await RebuildJob.FindAsync(town.Open.Store.Source, Cancellation);
        await new StatisticsRebuild(town.Open.Store, town.Horizon, town.Options, TimeProvider.System).RunAsync(job!, catchUp: false, Cancellation);
    }
}
