using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>What waits is found in rows, and the rows say what the events say.</summary>
public sealed class OpenWorkTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly MunicipalityCode Akishima = MunicipalityCode.Parse("13207");
    private static readonly DateOnly Applied = new(2026, 4, 1);

    private ResidentLedger Ledger => database.Ledger;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "B4")]
    public async Task An_application_is_listed_from_the_append_on_that_made_it_and_gone_with_the_one_that_ended_it()
    {
        var resident = Given.Resident(1);
        await LiveAsync(resident, SampleEvents.Registration, SampleEvents.Of<CardHandedOver>(), SampleEvents.Of<CertificatesApplied>());

        var item = Assert.Single((await ListAsync(resident))!.Items);
        Assert.Equal((WorkKind.Application, Applied, Applied.AddDays(14)), (item.Kind, item.Since, item.DueOn));

        await LiveAsync(resident, SampleEvents.Of<ApplicationAbandoned>());
        Assert.Null(await ListAsync(resident));
    }

    [Fact]
    public async Task It_is_narrowed_by_kind_day_and_municipality()
    {
        var (one, elsewhere) = (Given.Resident(2), ResidentId.Parse("13202-00000002"));
        foreach (var resident in new[] { one, elsewhere })
            await LiveAsync(
                resident, SampleEvents.Registration, SampleEvents.Of<CardHandedOver>(), SampleEvents.Of<CertificatesApplied>(), SampleEvents.Of<PinResetApproved>());

        Assert.Equal([WorkKind.PinReset, WorkKind.Application], (await ListAsync(one))!.Items.Select(each => each.Kind));
        Assert.Equal(WorkKind.PinReset, Assert.Single((await ListAsync(one, dueUntil: Applied.AddDays(13)))!.Items).Kind);
        Assert.Equal(2, (await ListAsync(one, dueUntil: Applied.AddDays(14)))!.Items.Count);
        Assert.Equal(WorkKind.Application, Assert.Single((await ListAsync(one, WorkKind.Application))!.Items).Kind);
        Assert.Null(await ListAsync(one, WorkKind.Proposal));
        Assert.Null(await ListAsync(one, dueUntil: Applied.AddDays(-1)));
        Assert.Null(await ListAsync(elsewhere));
        Assert.Contains(elsewhere, await Ledger.OpenWorkAsync(null, cancellation: Cancellation).Select(each => each.Resident).ToListAsync(Cancellation));
    }

    [Fact]
    [Trait("Rule", "S10")]
    public async Task Ends_of_certificates_and_what_is_overdue_are_found_by_day()
    {
        var resident = Given.Resident(3);
        await LiveAsync(resident, SampleEvents.UntilConfirmed);
        var last = new DateOnly(2031, 2, 28);

        Assert.True(await EndsAsync(resident, last, last));
        Assert.False(await EndsAsync(resident, last.AddDays(1), last.AddDays(90)));
        Assert.False(await EndsAsync(resident, last.AddDays(-90), last.AddDays(-1)));
        Assert.True(await OverdueAsync(resident, last.AddDays(1)));
        Assert.False(await OverdueAsync(resident, last));
    }

    [Fact]
    public async Task An_append_that_was_overtaken_leaves_the_row_as_it_was()
    {
        var resident = Given.Resident(4);
        await LiveAsync(resident, SampleEvents.Registration, SampleEvents.Of<CardHandedOver>(), SampleEvents.Of<CertificatesApplied>());
        var nothing = new OpenWork(resident, [], []);

        var outcome = await Ledger.AppendAsync(
            resident, 1, [SampleEvents.Of<ApplicationAbandoned>()], Given.By(Given.Command(9)), new(nothing, []), Cancellation);

        Assert.IsType<AppendOutcome.Conflict>(outcome);
        Assert.NotNull(await ListAsync(resident));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_rebuild_from_the_events_gives_the_same_rows()
    {
        await LiveAsync(Given.Resident(5), SampleEvents.UntilConfirmed);
        await LiveAsync(Given.Resident(6), SampleEvents.Registration, SampleEvents.Of<CardHandedOver>(), SampleEvents.Of<ProposalMade>());
        await LiveAsync(Given.Resident(7), SampleEvents.Registration);
        var before = await RowsAsync();

        await Ledger.RebuildOpenWorkAsync(Cancellation);
        Assert.Equal(before, await RowsAsync());

        await Sql.ExecuteAsync(database.ConnectionString, "delete from ledger.open_work");
        Assert.Empty(await RowsAsync());
        await Ledger.RebuildOpenWorkAsync(Cancellation);
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task The_last_night_only_goes_forward()
    {
        var town = MunicipalityCode.Parse("13208");

        Assert.Null(await Ledger.LastNightAsync(town, Cancellation));
        await Ledger.CompleteNightAsync(town, new(2026, 6, 2), Cancellation);
        await Ledger.CompleteNightAsync(town, new(2026, 6, 1), Cancellation);
        Assert.Equal(new DateOnly(2026, 6, 2), await Ledger.LastNightAsync(town, Cancellation));
    }

    /// <summary>Appends as the resident's grain does: the row goes with the events when they change it.</summary>
    private async Task LiveAsync(ResidentId resident, params ResidentEvent[] events)
    {
        var history = await Ledger.LoadAsync(resident, Cancellation);
        foreach (var happened in events)
        {
            var provenance = Given.By(Given.Command((int)history.Version + 1));
            var work = OpenWork.ChangedBy(resident, history.State, [happened], provenance);
            var outcome = await Ledger.AppendAsync(resident, history.Version, [happened], provenance, new(work, []), Cancellation);
            history = history.With(Assert.IsType<AppendOutcome.Appended>(outcome).Events);
        }
    }

    private async Task<OpenWork?> ListAsync(ResidentId resident, WorkKind? kind = null, DateOnly? dueUntil = null) =>
        await Ledger.OpenWorkAsync(Akishima, kind, dueUntil, Cancellation).FirstOrDefaultAsync(each => each.Resident == resident, Cancellation);

    private async Task<bool> EndsAsync(ResidentId resident, DateOnly from, DateOnly until) =>
        await Ledger.EndingAsync(Akishima, from, until, Cancellation).AnyAsync(each => each.Resident == resident, Cancellation);

    private async Task<bool> OverdueAsync(ResidentId resident, DateOnly day) =>
        await Ledger.OverdueAsync(Akishima, day, Cancellation).AnyAsync(each => each.Resident == resident, Cancellation);

    private Task<IReadOnlyList<string>> RowsAsync() => Sql.ColumnAsync<string>(database.ConnectionString, """
        select concat_ws(' ', resident, municipality, waits_until, next_due_on, first_end_on, last_end_on, items, certificate_ends) from ledger.open_work order by resident
        """);
}
