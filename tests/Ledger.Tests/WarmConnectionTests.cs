using Jpki.Ledger.Storage;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>Which session a command meets.</summary>
public sealed class WarmConnectionTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lone_caller_always_meets_the_same_session_even_after_many_met_others()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var warm = new WarmConnections(source);
        var lone = await ProcessAsync(warm);

        var crowd = await CrowdAsync(warm, 4);

        Assert.Equal(4, crowd.Distinct().Count());
        Assert.Contains(lone, crowd);
        var afterwards = await ProcessAsync(warm);
        Assert.Equal([afterwards, afterwards], [await ProcessAsync(warm), await ProcessAsync(warm)]);
    }

    [Fact]
    public async Task A_session_that_broke_is_never_met_again_nor_those_that_rested_beside_it()
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var warm = new WarmConnections(source);
        var before = await CrowdAsync(warm, 3);

        await Sql.ExecuteAsync(database.ConnectionString, $"select pg_terminate_backend(pid) from unnest(array[{string.Join(',', before)}]) as pid");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ProcessAsync(warm));

        Assert.DoesNotContain(await ProcessAsync(warm), before);
    }

    [Fact]
    public async Task Several_statements_are_one_transaction()
    {
        await Sql.ExecuteAsync(database.ConnectionString, "create table ledger_test_kept (n int primary key)");
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var warm = new WarmConnections(source);
        await using var batch = new NpgsqlBatch
        {
            BatchCommands = { new("insert into ledger_test_kept values (1)"), new("insert into ledger_test_kept values (2)"), new("insert into ledger_test_kept values (2)") },
        };

        await Assert.ThrowsAsync<PostgresException>(() => warm.RunAsync(batch, each => each.ExecuteNonQueryAsync(Cancellation), Cancellation));

        Assert.Empty(await Sql.ColumnAsync<int>(database.ConnectionString, "select n from ledger_test_kept"));
    }

    /// <summary>The sessions of callers of whom none is done before all have come.</summary>
    private static Task<int[]> CrowdAsync(WarmConnections warm, int callers)
    {
        var allHere = new TaskCompletionSource();
        return Task.WhenAll(Enumerable.Range(0, callers).Select(_ => ProcessAsync(warm, () =>
        {
            if (Interlocked.Decrement(ref callers) == 0)
                allHere.SetResult();
            return allHere.Task;
        })));
    }

    private static async Task<int> ProcessAsync(WarmConnections warm, Func<Task>? before = null)
    {
        await using var batch = new NpgsqlBatch { BatchCommands = { new("select pg_backend_pid()") } };
        return await warm.RunAsync(batch, async each =>
        {
            await (before?.Invoke() ?? Task.CompletedTask);
            return (int)(await each.ExecuteScalarAsync(Cancellation))!;
        }, Cancellation);
    }
}
