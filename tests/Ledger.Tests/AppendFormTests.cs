using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>Appends of a batch go past Marten's session in one statement; what they leave is what Marten would have written.</summary>
public sealed class AppendFormTests(LocalServer server)
{
    private static readonly FixedClock Clock = new(Given.At);

    [Fact]
    public async Task A_grouped_append_leaves_the_same_rows_as_one_by_Martens_own_session()
    {
        var grouped = await RowsAsync("form_grouped", CommitHandling.Grouped);
        var singly = await RowsAsync("form_singly", CommitHandling.Singly);

        Assert.Equal(SampleEvents.All.Count + 3 + 2, grouped.Count);
        Assert.Equal(singly, grouped);
    }

    /// <summary>Streams and events with all their columns but what is drawn anew each time: an event's id, and when a row was written.</summary>
    private async Task<IReadOnlyList<string>> RowsAsync(string name, CommitHandling commits)
    {
        var database = await server.CreateDatabaseAsync(name);
        await using (var open = await OpenLedger.OnAsync(database, Clock, new LedgerOptions { Commits = commits }))
        {
            await open.Ledger.AppendedAsync(Given.Resident(1), 0, Given.Command(1), [.. SampleEvents.All]);
            await open.Ledger.AppendedAsync(Given.Resident(2), 0, Given.Command(2), SampleEvents.Registration);
            await open.Ledger.AppendedAsync(Given.Resident(2), 1, Given.Command(3), SampleEvents.NameChange, SampleEvents.NameChange);
        }

        return
        [
            .. await Sql.ColumnAsync<string>(database, """
                select (to_jsonb(each) - 'id' || jsonb_build_object('seq_id', rank() over (order by seq_id)))::text
                from ledger.mt_events each order by stream_id, version
                """),
            .. await Sql.ColumnAsync<string>(database, "select (to_jsonb(each) - 'timestamp' - 'created')::text from ledger.mt_streams each order by id"),
        ];
    }
}
