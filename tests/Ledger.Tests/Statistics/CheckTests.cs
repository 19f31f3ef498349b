using Jpki.Ledger.Statistics;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.Statistics;

/// <summary>What somebody changes in the views past the fold, or what the fold never saw, is found, told and repaired.</summary>
[Trait("Rule", "D6")]
public sealed class CheckTests(LocalServer server)
{
    public static TheoryData<string, string> Tampering => new()
    {
        { "update ledger.statistics_cell set count = count + 1 where figure = 'certificateIssued'", "cell 13207/" },
        { "update ledger.statistics_cell set yen = yen - 100 where figure = 'feeCharged'", "cell 13207/" },
        { "delete from ledger.statistics_cell where figure = 'feeWaived'", "lost" },
        { "insert into ledger.statistics_cell values (1, '13207', '2026-04-01', '', 'feeRefunded', '', '', '', '', '', '', 1, 200)", "cell 13207/2026-04-01//feeRefunded" },
        { "update ledger.statistics_resident set authentication_until = '2040-01-01' where resident = '13207-00000001'", "resident 13207-00000001: differs" },
        { "delete from ledger.statistics_resident where resident = '13207-00000002'", "resident 13207-00000002: lost" },
        { "update ledger.statistics_view set digest = digest + 1", "" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task A_row_that_was_tampered_with_is_found_named_and_repaired(string tampering, string named)
    {
        await using var town = await CountedTown.OnAsync(server, $"statistics_tampered_{(uint)tampering.GetHashCode(StringComparison.Ordinal)}");
        await town.LiveAsync(1, 6);
        await town.FollowAsync();
        await town.StartFollowerAsync();
        await Eventually.TrueAsync(async () => (await town.Views.StatusAsync(Cancellation)).CheckedAt is not null);

        await Sql.ExecuteAsync(town.Connection, tampering);
        await Eventually.TrueAsync(async () => (await town.Views.StatusAsync(Cancellation)).Rebuild is { State: RebuildState.Done, Cause: "check" });

        var incident = Assert.Single(await town.Views.IncidentsAsync(Cancellation).ToListAsync(Cancellation));
        Assert.Equal(StatisticsIncidentKind.RowsDiffer, incident.Kind);
        Assert.Contains(incident.Findings, each => each.Contains(named, StringComparison.Ordinal));
        Assert.NotNull(incident.RepairedAt);
        Assert.Contains("Incident", Assert.Single(town.Log.Lines), StringComparison.Ordinal);
        Assert.Equal(await town.TrueAsync(), await town.KeptAsync());
        Assert.Empty((await town.Views.StatusAsync(Cancellation)).Incidents);
    }

    [Theory]
    [InlineData("delete from ledger.mt_events where seq_id = 30")]
    [InlineData("update ledger.mt_events set type = 'card-face-updated.v1' where type = 'certificate-issued.v1' and seq_id > 20")]
    [InlineData("update ledger.mt_events set id = gen_random_uuid() where seq_id = 25")]
    public async Task Events_that_are_not_those_folded_are_found_as_they_come_to_be_checked(string alteration)
    {
        await using var town = await CountedTown.OnAsync(server, $"statistics_altered_{(uint)alteration.GetHashCode(StringComparison.Ordinal)}");
        await town.LiveAsync(1, 6);
        await town.FollowAsync();
        await Sql.ExecuteAsync(town.Connection, alteration);

        Assert.True(await new StatisticsCheck(town.Open.Store, town.Incidents, TimeProvider.System).RunAsync(Cancellation));

        var incident = Assert.Single((await town.Views.StatusAsync(Cancellation)).Incidents);
        Assert.Equal(StatisticsIncidentKind.EventsDiffer, incident.Kind);
        Assert.StartsWith("events: ", incident.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_checked_is_not_read_again_until_everything_is()
    {
        await using var town = await CountedTown.OnAsync(server, "statistics_checked");
        await town.LiveAsync(1, 6);
        await town.FollowAsync();
        var check = new StatisticsCheck(town.Open.Store, town.Incidents, TimeProvider.System);
        Assert.False(await check.RunAsync(Cancellation));
        var status = await town.Views.StatusAsync(Cancellation);
        Assert.Equal(status.Sequence, status.CheckedSequence);

        await Sql.ExecuteAsync(town.Connection, "update ledger.mt_events set id = gen_random_uuid() where seq_id = 25");
        Assert.False(await check.RunAsync(Cancellation));
        Assert.True(await check.RunAllAsync(Cancellation));
    }
}
