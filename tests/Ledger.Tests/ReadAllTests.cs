using Jpki.Domain;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

public sealed class ReadAllTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "D5")]
    public async Task An_auditor_reads_everything_in_order_past_tombstones_gaps_and_archived_streams()
    {
        var (first, second) = (Given.Resident(1), Given.Resident(2));
        await database.Ledger.AppendedAsync(first, 0, Given.Command(1), SampleEvents.Registration);
        await database.Ledger.AppendedAsync(second, 0, Given.Command(2), SampleEvents.Registration, SampleEvents.All[2]);
        await LeaveTombstoneAndGapAsync();
        await database.Ledger.AppendedAsync(first, 1, Given.Command(3), SampleEvents.NameChange);
        await Sql.ExecuteAsync(database.ConnectionString, $"update ledger.mt_events set is_archived = true where stream_id = '{second.Value}'");

        var all = new List<Recorded>();
        await foreach (var each in database.Ledger.ReadAllAsync(Cancellation))
            all.Add(each);

        Assert.Equal([(first, 1L), (second, 1L), (second, 2L), (first, 2L)], all.Select(each => (each.Resident, each.Version)));
        Assert.Equal(
            [Given.Command(1), Given.Command(2), Given.Command(2), Given.Command(3)],
            all.Select(each => each.Provenance.CommandId));
        Assert.Equal(2, (await database.Ledger.LoadAsync(first, Cancellation)).Version);
    }

    /// <summary>The rows Marten leaves for a failed append when it knows the number, and the hole when it does not.</summary>
    private Task LeaveTombstoneAndGapAsync() => Sql.ExecuteAsync(database.ConnectionString, """
        insert into ledger.mt_streams (id, version, timestamp, tenant_id) values ('mt_tombstone', 1, now(), '*DEFAULT*');
        insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, tenant_id, mt_dotnet_type)
            values (nextval('ledger.mt_events_sequence'), gen_random_uuid(), 'mt_tombstone', 1, '{}', 'tombstone', '*DEFAULT*',
                'JasperFx.Events.Tombstone, JasperFx.Events');
        select nextval('ledger.mt_events_sequence'), nextval('ledger.mt_events_sequence');
        """);
}
