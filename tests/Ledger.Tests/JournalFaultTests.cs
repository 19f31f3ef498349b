using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>The database goes away under a journal: nobody is told that an entry stands which may not, and the journal goes on.</summary>
[Trait("Rule", "B4")]
public sealed class JournalFaultTests(StoppableServer stoppable) : IClassFixture<StoppableServer>
{
    [Fact]
    public async Task While_the_database_is_away_nothing_is_durable_and_afterwards_a_new_stream_goes_on()
    {
        var connection = stoppable.Server.ConnectionString;
        await using var open = await OpenLedger.OnAsync(connection, CommitHandling.Grouped);
        Assert.True(await open.OfficeJournal.RecordAsync(SampleEntries.CityHall, SampleEntries.Refused, SampleEntries.By(1)));

        await stoppable.Server.StopAsync(immediate: true, TestContext.Current.CancellationToken);
        Assert.False(await open.OfficeJournal.RecordAsync(SampleEntries.CityHall, SampleEntries.Refused, SampleEntries.By(2)));
        await stoppable.Server.StartAgainAsync(TestContext.Current.CancellationToken);

        Assert.True(await open.OfficeJournal.RecordAsync(SampleEntries.CityHall, SampleEntries.Refused, SampleEntries.By(3)));
        var journal = await open.Ledger.JournalAsync(SampleEntries.CityHall);
        Assert.Equal([Given.Command(1), Given.Command(3)], journal.Select(each => each.Provenance.CommandId));
        Assert.Equal([1L, 1L], journal.Select(each => each.Version));
        Assert.Equal(2, journal.Select(each => each.Stream).Distinct().Count());
    }

    [Fact]
    public async Task A_commit_whose_answer_is_lost_leaves_one_entry_and_not_two()
    {
        await using var proxy = new LossyProxy(stoppable.Server.ConnectionString);
        await using var open = OpenLedger.On(proxy.ConnectionString);
        Assert.True(await open.OfficeJournal.RecordAsync(SampleEntries.NoOffice, SampleEntries.Refused, SampleEntries.By(1)));

        proxy.LosesNextCommit = true;
        Assert.True(await open.OfficeJournal.RecordAsync(SampleEntries.NoOffice, SampleEntries.Refused, SampleEntries.By(2)));

        Assert.Equal(1, proxy.Lost);
        await using var direct = OpenLedger.On(stoppable.Server.ConnectionString);
        var journal = (await direct.Ledger.JournalAsync(SampleEntries.NoOffice)).Where(each => each.Stream.Contains("/-/", StringComparison.Ordinal));
        Assert.Equal([Given.Command(1), Given.Command(2)], journal.Select(each => each.Provenance.CommandId));
    }

    [Fact]
    public async Task A_stop_stores_what_waits_and_takes_nothing_more()
    {
        var open = await OpenLedger.OnAsync(stoppable.Server.ConnectionString, CommitHandling.Singly);
        var place = SampleEntries.CityHall with { Office = Domain.Identifiers.OfficeCode.Parse("132070002") };
        var recorded = Enumerable.Range(1, 200).Select(n => open.OfficeJournal.RecordAsync(place, SampleEntries.Refused, SampleEntries.By(n))).ToArray();

        await open.DisposeAsync();

        Assert.All(await Task.WhenAll(recorded), Assert.True);
        Assert.False(await open.OfficeJournal.RecordAsync(place, SampleEntries.Refused, SampleEntries.By(201)));
    }
}
