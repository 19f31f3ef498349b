using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>What holds whether appends share transactions or not.</summary>
public abstract class AppendAndReadTests(LedgerDatabase database)
{
    private readonly ResidentLedger _ledger = database.Ledger;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "D3")]
    public async Task Every_event_comes_back_as_it_was_with_its_provenance()
    {
        var resident = Given.Resident(1);
        var provenance = Given.By(Given.Command(1));

        var outcome = await _ledger.AppendAsync(resident, 0, SampleEvents.All, provenance, cancellation: Cancellation);
        var read = await _ledger.ReadAsync(resident, Cancellation);

        var appended = Assert.IsType<AppendOutcome.Appended>(outcome).Events;
        Assert.Equal(SampleEvents.All.Select(Given.Text), read.Select(each => Given.Text(each.Event)));
        Assert.Equal(SampleEvents.All.Select(Given.Text), appended.Select(each => Given.Text(each.Event)));
        Assert.Equal(Enumerable.Range(1, SampleEvents.All.Count).Select(each => (long)each), read.Select(each => each.Version));
        Assert.Equal(read.Select(each => each.Version), appended.Select(each => each.Version));
        Assert.All(read.Concat(appended), each => Assert.Equal((resident, provenance), (each.Resident, each.Provenance)));
    }

    [Fact]
    public async Task The_instant_of_the_decision_is_exact_to_the_tick_and_keeps_its_offset()
    {
        var resident = Given.Resident(2);
        await _ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);

        var at = Assert.Single(await _ledger.ReadAsync(resident, Cancellation)).Provenance.At;

        Assert.True(at.EqualsExact(Given.At));
    }

    [Theory]
    [InlineData(Role.CallCentre)]
    [InlineData(Role.System)]
    public async Task Whoever_acts_from_no_office_has_none_afterwards(Role role)
    {
        var resident = Given.Resident(10 + (int)role);
        var provenance = Given.By(Given.Command(1)) with { By = new("night-desk", role, Office: null) };

        await _ledger.AppendAsync(resident, 0, [SampleEvents.Registration], provenance, cancellation: Cancellation);

        Assert.Equal(provenance, Assert.Single(await _ledger.ReadAsync(resident, Cancellation)).Provenance);
    }

    [Fact]
    public async Task A_stream_grows_by_appends_of_several_commands_and_folds_to_state_version_and_done_commands()
    {
        var resident = Given.Resident(3);
        await _ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        var second = await _ledger.AppendedAsync(resident, 1, Given.Command(2), SampleEvents.NameChange, SampleEvents.All[2]);

        var history = await _ledger.LoadAsync(resident, Cancellation);

        Assert.Equal([2L, 3L], second.Select(each => each.Version));
        Assert.Equal(3, history.Version);
        Assert.Equal([Given.Command(1), Given.Command(2)], history.Done.Order(Comparer<CommandId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        var state = Assert.IsType<Resident.Registered>(history.State);
        Assert.Equal("髙橋　花子", state.Attributes.Name);
    }

    [Fact]
    public async Task A_resident_nobody_wrote_about_has_the_empty_history()
    {
        Assert.Same(ResidentHistory.Empty, await _ledger.LoadAsync(Given.Resident(4), Cancellation));
        Assert.Empty(await _ledger.ReadAsync(Given.Resident(4), Cancellation));
    }

    [Fact]
    public async Task An_append_of_nothing_is_a_bug_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentException>(() => _ledger.AppendAsync(Given.Resident(5), 0, [], Given.By(Given.Command(1)), cancellation: Cancellation));

    [Fact]
    public async Task A_negative_version_is_a_bug_of_the_caller() => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => _ledger.AppendAsync(Given.Resident(5), -1, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: Cancellation));

    [Fact]
    public async Task An_append_cancelled_before_it_began_stored_nothing()
    {
        var resident = Given.Resident(6);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _ledger.AppendAsync(resident, 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: new(canceled: true)));

        Assert.Empty(await _ledger.ReadAsync(resident, Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_append_on_another_version_than_the_streams_is_a_conflict_and_stores_nothing(long stale)
    {
        var resident = Given.Resident(20 + (int)stale);
        await _ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration, SampleEvents.NameChange);

        var outcome = await _ledger.AppendAsync(resident, stale, [SampleEvents.All[2]], Given.By(Given.Command(2)), cancellation: Cancellation);

        Assert.IsType<AppendOutcome.Conflict>(outcome);
        Assert.Equal(2, (await _ledger.LoadAsync(resident, Cancellation)).Version);
    }

    [Fact]
    public async Task An_append_after_a_version_of_a_stream_that_does_not_exist_is_a_conflict()
    {
        var outcome = await _ledger.AppendAsync(Given.Resident(7), 2, [SampleEvents.NameChange], Given.By(Given.Command(1)), cancellation: Cancellation);

        Assert.IsType<AppendOutcome.Conflict>(outcome);
        Assert.Empty(await _ledger.ReadAsync(Given.Resident(7), Cancellation));
    }
}

public sealed class AppendAndReadGroupedTests(LedgerDatabase database) : AppendAndReadTests(database), IClassFixture<LedgerDatabase>;

public sealed class AppendAndReadSinglyTests(SinglyLedgerDatabase database) : AppendAndReadTests(database), IClassFixture<SinglyLedgerDatabase>;
