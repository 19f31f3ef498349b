using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests.Statistics;

/// <summary>An event that becomes visible after one with a higher number is counted all the same.</summary>
[Trait("Rule", "D6")]
public sealed class LateCommitTests(LocalServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_number_drawn_by_who_is_still_under_way_is_waited_for(bool commits)
    {
        await using var town = await CountedTown.OnAsync(server, commits ? "statistics_late" : "statistics_never");
        await town.LiveAsync(1, 2);
        await town.FollowAsync();
        var before = (await town.Views.StatusAsync(Cancellation)).Sequence;
        await using var source = NpgsqlDataSource.Create(town.Connection);
        await using var late = await LateAsync(source);
        await using var transaction = late.Transaction;
        await town.StartFollowerAsync();

        await town.LiveAsync(3, 2);
        var safe = await town.Horizon.SafeSequenceAsync(Cancellation);
        Assert.Equal((before, before), (safe, (await town.Views.StatusAsync(Cancellation)).Sequence));
        await WriteAsync(late.Connection, late.Number);
        Assert.Equal(before, await town.Horizon.SafeSequenceAsync(Cancellation));
        await (commits ? transaction.CommitAsync(Cancellation) : transaction.RollbackAsync(Cancellation));

        await town.CaughtUpAsync();
        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        var status = await town.Views.StatusAsync(Cancellation);
        Assert.Equal(await Sql.ScalarAsync<long>(town.Connection, "select count(*) from ledger.mt_events"), status.Count);
        Assert.Equal(commits, await Sql.ScalarAsync<bool>(town.Connection, $"select exists (select from ledger.mt_events where seq_id = {late.Number})"));
        Assert.True(await town.Views.CheckAsync(Cancellation));
    }

    [Fact]
    public async Task Who_draws_numbers_all_the_time_holds_nobody_up()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_busy");
        await town.LiveAsync(1, 1);
        await Sql.ExecuteAsync(town.Connection, "select nextval('ledger.mt_events_sequence')");
        await town.LiveAsync(2, 1);
        await using var source = NpgsqlDataSource.Create(town.Connection);

        // The gap is seen first; whoever draws afterwards has nothing to do with it.
        await town.Horizon.SafeSequenceAsync(Cancellation);
        await using var other = await LateAsync(source);
        await using var transaction = other.Transaction;

        Assert.Equal(other.Number - 1, await town.Horizon.SafeSequenceAsync(Cancellation));
    }

    private static async Task<Drawn> LateAsync(NpgsqlDataSource source)
    {
        var connection = await source.OpenConnectionAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var draw = new NpgsqlCommand("select nextval('ledger.mt_events_sequence')", connection, transaction);
        return new(connection, transaction, (long)(await draw.ExecuteScalarAsync(Cancellation))!);
    }

    /// <summary>A resident's first event, under the number drawn.</summary>
    private static async Task WriteAsync(NpgsqlConnection connection, long number)
    {
        await using var write = new NpgsqlCommand(
            $"""
            insert into ledger.mt_streams (id, version) values ('13207-90000000', 1);
            insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, "timestamp", tenant_id, mt_dotnet_type, causation_id, headers)
            select {number}, gen_random_uuid(), '13207-90000000', 1, data, type, "timestamp", tenant_id, mt_dotnet_type, causation_id, headers
            from ledger.mt_events where version = 1 order by seq_id limit 1;
            """,
            connection);
        await write.ExecuteNonQueryAsync(Cancellation);
    }

    private sealed record Drawn(NpgsqlConnection Connection, NpgsqlTransaction Transaction, long Number) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
