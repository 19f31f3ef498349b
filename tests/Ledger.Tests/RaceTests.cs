using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>Two silos may believe to own the same resident (Orleans promises one activation on best effort only).</summary>
public abstract class RaceTests(LedgerDatabase database)
{
    private const int Rounds = 25;
    private const int Racers = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_appends_at_once_on_one_version_exactly_one_is_stored()
    {
        await using var processes = await Processes.StartAsync(database);
        var resident = Given.Resident(1);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);

        for (var round = 1; round <= Rounds; round++)
        {
            var outcomes = await processes.RaceAsync(resident, version: round, racer => Given.Command((round * Racers) + racer), SampleEvents.NameChange);

            var winner = Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Equal(Racers - 1, outcomes.OfType<AppendOutcome.Conflict>().Count());
            var last = (await database.Ledger.ReadAsync(resident, Cancellation))[^1];
            Assert.Equal((winner.Events[0].Version, winner.Events[0].Provenance), (last.Version, last.Provenance));
        }
    }

    [Fact]
    public async Task Of_attempts_at_once_to_open_a_stream_exactly_one_succeeds()
    {
        await using var processes = await Processes.StartAsync(database);
        for (var round = 1; round <= Rounds; round++)
        {
            var resident = Given.Resident(100 + round);

            var outcomes = await processes.RaceAsync(resident, version: 0, racer => Given.Command(racer + 1), SampleEvents.Registration);

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Equal(Racers - 1, outcomes.OfType<AppendOutcome.Conflict>().Count());
            Assert.Single(await database.Ledger.ReadAsync(resident, Cancellation));
        }
    }

    [Fact]
    public async Task One_command_sent_to_several_processes_at_once_is_done_once_and_the_slower_find_it_done()
    {
        await using var processes = await Processes.StartAsync(database);
        var resident = Given.Resident(2);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        for (var round = 1; round <= Rounds; round++)
        {
            var command = Given.Command(1000 + round);

            var outcomes = await processes.RaceAsync(resident, version: round, _ => command, SampleEvents.NameChange);

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.Contains(command, (await database.Ledger.LoadAsync(resident, Cancellation)).Done);
            Assert.Single(await database.Ledger.ReadAsync(resident, Cancellation), each => each.Provenance.CommandId == command);
        }
    }

    [Fact]
    public async Task Losing_a_race_uses_up_no_sequence_number()
    {
        await using var processes = await Processes.StartAsync(database);
        var resident = Given.Resident(3);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        const string UsedUp = """
            select (last_value - (select count(*) from ledger.mt_events))::bigint from ledger.mt_events_sequence
            """;
        var before = await Sql.ScalarAsync<long>(database.ConnectionString, UsedUp);

        for (var round = 1; round <= Rounds; round++)
            await processes.RaceAsync(resident, version: round, racer => Given.Command((round * Racers) + racer), SampleEvents.NameChange);

        Assert.Equal(before, await Sql.ScalarAsync<long>(database.ConnectionString, UsedUp));
    }

    /// <summary>As many ledgers on one database as racers, each with its own connections.</summary>
    private sealed class Processes(IReadOnlyList<OpenLedger> ledgers) : IAsyncDisposable
    {
        public static async Task<Processes> StartAsync(LedgerDatabase database) =>
            new(await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => OpenLedger.OnAsync(database.ConnectionString, database.Commits))));

        public async Task<AppendOutcome[]> RaceAsync(ResidentId resident, long version, Func<int, CommandId> command, ResidentEvent happened)
        {
            using var start = new Barrier(Racers);
            return await Task.WhenAll(ledgers.Select((each, racer) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait(Cancellation);
                    return each.Ledger.AppendAsync(resident, version, [happened], Given.By(command(racer)), cancellation: Cancellation);
                },
                Cancellation,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var each in ledgers)
                await each.DisposeAsync();
        }
    }
}

public sealed class RaceGroupedTests(LedgerDatabase database) : RaceTests(database), IClassFixture<LedgerDatabase>;

public sealed class RaceSinglyTests(SinglyLedgerDatabase database) : RaceTests(database), IClassFixture<SinglyLedgerDatabase>;
