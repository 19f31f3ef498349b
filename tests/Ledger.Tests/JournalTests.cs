using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>The offices' journals stand in the residents' sequence and in nobody's history.</summary>
[Trait("Rule", "B1")]
[Trait("Rule", "B3")]
public sealed class JournalTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static int _places;

    /// <summary>An office of the test's own.</summary>
    private readonly JournalPlace _place = new(MunicipalityCode.Parse("13207"), OfficeCode.Parse($"13207{Interlocked.Increment(ref _places):D4}"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_recorded_is_durable_and_reads_back_with_who_where_and_when()
    {
        var provenance = SampleEntries.By(1);

        Assert.True(await database.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, provenance));

        await using var another = OpenLedger.On(database.ConnectionString);
        var entry = Assert.Single(await another.Ledger.JournalAsync(_place));
        Assert.Equal((SampleEntries.Refused, provenance, 1L), (entry.Entry, entry.Provenance, entry.Version));
        Assert.StartsWith($"journal/13207/{_place.Office}/2026-04-01/", entry.Stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_one_process_are_counted_from_one_without_gaps_in_the_order_they_came()
    {
        const int count = 300;
        var recorded = Enumerable.Range(1, count).Select(n => database.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, SampleEntries.By(n)));

        Assert.All(await Task.WhenAll(recorded.ToArray()), Assert.True);

        var journal = await database.Ledger.JournalAsync(_place);
        Assert.Equal(Enumerable.Range(1, count).Select(Given.Command), journal.Select(each => each.Provenance.CommandId));
        Assert.Equal(Enumerable.Range(1, count).Select(n => (long)n), journal.Select(each => each.Version));
        Assert.Single(journal.Select(each => each.Stream).Distinct());
    }

    [Fact]
    public async Task What_waits_while_a_transaction_commits_shares_the_next()
    {
        Task<bool>[] recorded;
        await using (await Standstill.OfAsync(database.ConnectionString))
        {
            var first = database.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, SampleEntries.By(1));
            await Standstill.HoldsAsync(database.ConnectionString);
            recorded = [first, .. Enumerable.Range(2, 100).Select(n => database.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, SampleEntries.By(n)))];
            Assert.DoesNotContain(recorded, each => each.IsCompleted);
        }

        Assert.All(await Task.WhenAll(recorded), Assert.True);
        var transactions = await Sql.ScalarAsync<long>(
            database.ConnectionString, $"select count(distinct xmin::text) from ledger.mt_events where stream_id like 'journal/13207/{_place.Office}/%'");
        Assert.Equal(2, transactions);
    }

    [Fact]
    public async Task Processes_write_beside_each_other_without_a_conflict()
    {
        await using var another = OpenLedger.On(database.ConnectionString);
        var here = Enumerable.Range(1, 20).Select(n => database.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, SampleEntries.By(n)));
        var there = Enumerable.Range(21, 20).Select(n => another.OfficeJournal.RecordAsync(_place, SampleEntries.Read, SampleEntries.By(n)));

        Assert.All(await Task.WhenAll(here.Concat(there).ToArray()), Assert.True);

        var journal = await database.Ledger.JournalAsync(_place);
        Assert.Equal(40, journal.Count);
        Assert.Equal(2, journal.Select(each => each.Stream).Distinct().Count());
        Assert.Equal(journal.Select(each => each.Sequence).Order(), journal.Select(each => each.Sequence));
    }

    [Fact]
    public async Task It_is_asked_by_office_day_kind_and_place_in_the_sequence()
    {
        foreach (var (entry, day) in new (JournalEvent, int)[] { (SampleEntries.Refused, 0), (SampleEntries.Read, 1), (SampleEntries.Refused, 1), (SampleEntries.Refused, 2) })
            Assert.True(await database.OfficeJournal.RecordAsync(_place, entry, SampleEntries.By(1 + day, day)));

        Assert.Single(await database.Ledger.JournalAsync(_place));
        var two = await database.Ledger.JournalAsync(_place, days: 1);
        Assert.Equal(3, two.Count);
        Assert.Equal(2, (await database.Ledger.JournalAsync(_place, days: 1, "attempt-refused.v1")).Count);
        Assert.Equal(4, (await database.Ledger.JournalAsync(_place, days: 2)).Count);
        Assert.Empty(await database.Ledger.JournalAsync(_place with { Office = OfficeCode.Parse("132079999") }, days: 9));
        Assert.Superset(
            two.Select(each => each.Sequence).ToHashSet(),
            (await database.Ledger.JournalAsync(_place with { Office = null }, days: 1)).Select(each => each.Sequence).ToHashSet());
        var next = await database.Ledger.JournalAsync(
            new JournalQuery(_place.Municipality, _place.Office, Day(0), Day(2), After: two[0].Sequence, Most: 2), Cancellation).ToListAsync(Cancellation);
        Assert.Equal(two.Skip(1).Select(each => each.Sequence), next.Select(each => each.Sequence));
    }

    [Fact]
    public async Task Those_without_an_office_have_a_journal_of_their_own()
    {
        var elsewhere = MunicipalityCode.Parse("13208");

        Assert.True(await database.OfficeJournal.RecordAsync(new(elsewhere, null), SampleEntries.Read, SampleEntries.By(1)));

        var entry = Assert.Single(await database.Ledger.JournalAsync(new JournalPlace(elsewhere, null)));
        Assert.StartsWith("journal/13208/-/2026-04-01/", entry.Stream, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_residents_readers_pass_it_over()
    {
        var own = await database.Server.CreateDatabaseAsync("journal_between");
        await using var open = await OpenLedger.OnAsync(own, CommitHandling.Grouped);
        Recorded[] history = [new(Given.Resident(1), 1, SampleEvents.Registration, Given.By(Given.Command(1)))];
        Assert.True(await open.OfficeJournal.RecordAsync(_place, SampleEntries.Read, SampleEntries.By(1)));

        Assert.True(await open.Import.ImportAsync([(Given.Resident(1), 1)], history, cancellation: Cancellation));
        Assert.True(await open.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, SampleEntries.By(2)));
        await open.Ledger.AppendedAsync(Given.Resident(1), 1, Given.Command(2), SampleEvents.NameChange);

        Assert.Equal([1L, 2L], await open.Ledger.ReadAllAsync(Cancellation).Select(each => each.Version).ToListAsync(Cancellation));
        Assert.Equal([Given.Resident(1)], await open.Ledger.ResidentsAsync(cancellation: Cancellation).ToListAsync(Cancellation));
        await open.Ledger.RebuildOpenWorkAsync(Cancellation);
        Assert.Equal(0, await open.Register.RebuildAsync(Cancellation));
        Assert.Empty(await open.Register.CompareAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_does_not_belong_into_a_journal_is_damage_and_not_passed_over()
    {
        Assert.True(await database.OfficeJournal.RecordAsync(_place, SampleEntries.Refused, SampleEntries.By(1)));
        var resident = Given.Resident(9_001);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        await Sql.ExecuteAsync(database.ConnectionString, $"""
            update ledger.mt_events set type = event.type, data = event.data, mt_dotnet_type = event.mt_dotnet_type
            from ledger.mt_events event where event.stream_id = '{resident}' and mt_events.stream_id like 'journal/13207/{_place.Office}/%'
            """);

        await Assert.ThrowsAsync<LedgerDamagedException>(() => database.Ledger.JournalAsync(_place));

        await Sql.ExecuteAsync(database.ConnectionString, $"delete from ledger.mt_events where stream_id like 'journal/13207/{_place.Office}/%'");
    }

    private static DateOnly Day(int days) => DateOnly.FromDateTime(Given.At.Date).AddDays(days);
}
