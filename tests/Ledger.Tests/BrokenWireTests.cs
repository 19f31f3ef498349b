using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>The database goes away before, while and after it stores. Afterwards the stream alone says what happened.</summary>
public abstract class BrokenWireTests(StoppableServer stoppable, CommitHandling commits)
{
    protected string Connection { get; } = stoppable.Server.ConnectionString;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Rule", "B4")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_stopped_between_appends_is_an_unknown_outcome_and_afterwards_the_command_is_done_once(bool immediate)
    {
        await using var open = await OpenLedger.OnAsync(Connection, commits);
        var resident = Given.Resident(immediate ? 1 : 2);
        await open.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);

        await stoppable.Server.StopAsync(immediate, Cancellation);
        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => AppendSecondAsync(open.Ledger, resident));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => open.Ledger.LoadAsync(resident, Cancellation));
        Assert.False(await open.Ledger.IsReadyAsync(Cancellation));

        await stoppable.Server.StartAgainAsync(Cancellation);
        Assert.True(await open.Ledger.IsReadyAsync(Cancellation));
        Assert.Equal([Given.Command(1)], (await open.Ledger.LoadAsync(resident, Cancellation)).Done);
        Assert.IsType<AppendOutcome.Appended>(await AppendSecondAsync(open.Ledger, resident));
        Assert.Equal(2, (await open.Ledger.LoadAsync(resident, Cancellation)).Version);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_database_killed_in_the_middle_of_an_append_has_stored_all_of_it_or_nothing()
    {
        await using var open = await OpenLedger.OnAsync(Connection, commits);
        var resident = Given.Resident(3);
        await open.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        await using var blocker = new NpgsqlConnection(Connection);
        await blocker.OpenAsync(Cancellation);
        await using var transaction = await blocker.BeginTransactionAsync(Cancellation);
        await using (var block = new NpgsqlCommand("lock table ledger.mt_events in exclusive mode", blocker, transaction))
            await block.ExecuteNonQueryAsync(Cancellation);

        var append = AppendSecondAsync(open.Ledger, resident);
        await Eventually.TrueAsync(() => Sql.ScalarAsync<bool>(
            Connection, "select exists (select from pg_stat_activity where application_name = 'jpki-ledger' and wait_event_type = 'Lock')"));
        await stoppable.Server.StopAsync(immediate: true, Cancellation);

        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => append);
        await stoppable.Server.StartAgainAsync(Cancellation);
        Assert.Equal(1, (await open.Ledger.LoadAsync(resident, Cancellation)).Version);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Cancelling_an_append_under_way_is_an_unknown_outcome()
    {
        await using var open = await OpenLedger.OnAsync(Connection, commits);
        var resident = Given.Resident(5);
        await using var blocker = new NpgsqlConnection(Connection);
        await blocker.OpenAsync(Cancellation);
        await using var transaction = await blocker.BeginTransactionAsync(Cancellation);
        await using (var block = new NpgsqlCommand("lock table ledger.mt_streams in exclusive mode", blocker, transaction))
            await block.ExecuteNonQueryAsync(Cancellation);
        using var impatience = new CancellationTokenSource();

        var append = open.Ledger.AppendAsync(resident, 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: impatience.Token);
        await Eventually.TrueAsync(() => Sql.ScalarAsync<bool>(
            Connection, "select exists (select from pg_stat_activity where application_name = 'jpki-ledger' and wait_event_type = 'Lock')"));
        await impatience.CancelAsync();

        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => append);
    }

    [Fact]
    public async Task After_a_restart_of_database_and_process_the_done_commands_are_known_from_the_stream()
    {
        var resident = Given.Resident(6);
        await using (var before = await OpenLedger.OnAsync(Connection, commits))
        {
            await before.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
            await before.Ledger.AppendedAsync(resident, 1, Given.Command(2), SampleEvents.NameChange);
        }

        await stoppable.Server.StopAsync(immediate: true, Cancellation);
        await stoppable.Server.StartAgainAsync(Cancellation);
        await using var after = await OpenLedger.OnAsync(Connection, commits);

        var history = await after.Ledger.LoadAsync(resident, Cancellation);
        Assert.True(history.Done.SetEquals([Given.Command(1), Given.Command(2)]));
        Assert.IsType<Resident.Registered>(history.State);
    }

    protected static Task<AppendOutcome> AppendSecondAsync(ResidentLedger ledger, Domain.Identifiers.ResidentId resident) =>
        ledger.AppendAsync(resident, 1, [SampleEvents.NameChange], Given.By(Given.Command(2)), cancellation: Cancellation);
}

public sealed class BrokenWireGroupedTests(StoppableServer stoppable)
    : BrokenWireTests(stoppable, CommitHandling.Grouped), IClassFixture<StoppableServer>
{
    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_command_whose_acknowledgement_was_lost_is_found_stored_and_acknowledged()
    {
        await using var proxy = new LossyProxy(Connection);
        await using var open = await OpenLedger.OnAsync(proxy.ConnectionString, CommitHandling.Grouped);
        var resident = Given.Resident(4);
        await open.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);

        proxy.LosesNextCommit = true;
        Assert.IsType<AppendOutcome.Appended>(await AppendSecondAsync(open.Ledger, resident));

        Assert.Equal(1, proxy.Lost);
        Assert.Equal([Given.Command(1), Given.Command(2)], (await open.Ledger.ReadAsync(resident, Cancellation)).Select(each => each.Provenance.CommandId));
        Assert.IsType<AppendOutcome.Conflict>(await AppendSecondAsync(open.Ledger, resident));
    }
}

public sealed class BrokenWireSinglyTests(StoppableServer stoppable)
    : BrokenWireTests(stoppable, CommitHandling.Singly), IClassFixture<StoppableServer>
{
    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_command_whose_acknowledgement_was_lost_is_found_done_after_a_reload()
    {
        await using var proxy = new LossyProxy(Connection);
        await using var open = await OpenLedger.OnAsync(proxy.ConnectionString, CommitHandling.Singly);
        var resident = Given.Resident(4);
        await open.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);

        proxy.LosesNextCommit = true;
        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => AppendSecondAsync(open.Ledger, resident));

        Assert.Equal(1, proxy.Lost);
        var history = await open.Ledger.LoadAsync(resident, Cancellation);
        Assert.Contains(Given.Command(2), history.Done);
        Assert.Equal(2, history.Version);
        Assert.IsType<AppendOutcome.Conflict>(await AppendSecondAsync(open.Ledger, resident));
    }
}
