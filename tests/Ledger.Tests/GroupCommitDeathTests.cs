using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>Connections and servers die under load: what was acknowledged is there, once and in order.</summary>
public sealed class GroupCommitDeathTests(StoppableServer stoppable) : IClassFixture<StoppableServer>
{
    private const int Callers = 256;
    private const int Kills = 12;
    private const int CommandsBetween = 150;

    private readonly string _connection = stoppable.Server.ConnectionString;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Connections_killed_again_and_again_under_256_callers_lose_and_double_nothing()
    {
        var connection = await DatabaseAsync("terminated");
        await using var open = await OpenLedger.OnAsync(connection);
        var crowd = new Crowd(open.Ledger, Callers);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var appending = crowd.AppendUntilAsync(enough.Token);

        for (var kill = 1; kill <= Kills; kill++)
        {
            await Eventually.TrueAsync(() => Task.FromResult(crowd.Count >= kill * CommandsBetween));
            await Eventually.TrueAsync(() => Sql.ScalarAsync<bool>(connection, """
                select coalesce(bool_or(pg_terminate_backend(pid)), false) from pg_stat_activity
                where application_name = 'jpki-ledger' and datname = current_database() and state <> 'idle'
                """));
        }

        await enough.CancelAsync();
        await appending;
        await crowd.HasAllOfItAsync(open.Ledger);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Nothing_acknowledged_is_lost_when_every_process_of_the_server_is_killed()
    {
        var connection = await DatabaseAsync("killed");
        await using var open = await OpenLedger.OnAsync(connection);
        var crowd = new Crowd(open.Ledger, Callers);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var appending = crowd.AppendUntilAsync(enough.Token);

        foreach (var round in Enumerable.Range(1, 2))
        {
            var before = crowd.Count;
            await Eventually.TrueAsync(() => Task.FromResult(crowd.Count >= before + (2 * Callers)));
            await ServerProcesses.KillAsync(stoppable.Server.Folder);
            await stoppable.Server.StartAgainAsync(Cancellation);
        }

        await enough.CancelAsync();
        await appending;
        await crowd.HasAllOfItAsync(open.Ledger);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_commit_still_under_way_when_its_connection_broke_is_waited_for_and_not_doubled()
    {
        var connection = await DatabaseAsync("slow");
        await using var proxy = new LossyProxy(connection);
        await using var open = await OpenLedger.OnAsync(proxy.ConnectionString, options: new LedgerOptions
        {
            GroupCommit = { AttemptTimeout = TimeSpan.FromMinutes(1), SettleWithin = TimeSpan.FromMinutes(1) },
        });
        await Sql.ExecuteAsync(connection, """
            create function slow() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(42); return null; end';
            create constraint trigger slow after insert on ledger.mt_events deferrable initially deferred for each row execute function slow();
            """);
        await using var holder = new NpgsqlConnection(connection);
        await holder.OpenAsync(Cancellation);
        await ExecuteAsync(holder, "select pg_advisory_lock(42)");

        var append = open.Ledger.AppendAsync(Given.Resident(1), 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: Cancellation);
        await Standstill.HoldsAsync(connection, 1);
        await proxy.CutAsync();
        await Standstill.HoldsAsync(connection, 2);
        Assert.Empty(await open.Ledger.ReadAsync(Given.Resident(1), Cancellation));
        await ExecuteAsync(holder, "select pg_advisory_unlock(42)");

        Assert.IsType<AppendOutcome.Appended>(await append);
        Assert.Single(await open.Ledger.ReadAsync(Given.Resident(1), Cancellation));
    }

    [Fact]
    public async Task A_stop_on_a_dead_database_does_not_hang()
    {
        var connection = await DatabaseAsync("dead");
        var open = await OpenLedger.OnAsync(connection);
        await open.Ledger.AppendedAsync(Given.Resident(1), 0, Given.Command(1), SampleEvents.Registration);
        await stoppable.Server.StopAsync(immediate: true, Cancellation);
        var append = open.Ledger.AppendAsync(Given.Resident(1), 1, [SampleEvents.NameChange], Given.By(Given.Command(2)), cancellation: Cancellation);

        await open.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), Cancellation);

        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => append);
        await stoppable.Server.StartAgainAsync(Cancellation);
    }

    private async Task<string> DatabaseAsync(string name)
    {
        await Sql.ExecuteAsync(_connection, $"create database {name}");
        return new NpgsqlConnectionStringBuilder(_connection) { Database = name }.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
