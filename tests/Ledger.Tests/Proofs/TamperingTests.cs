using System.Globalization;
using Jpki.Audit.Verification;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.Proofs;

/// <summary>
/// Whatever a database administrator does to the tables of a real ledger is found by a verification of what it exports afterwards, with nothing but
/// the public key, and named by its place (B1).
/// </summary>
public sealed class TamperingTests(LocalServer server)
{
    private const int Residents = 30;
    private const string Middle = "31";
    private const string Other = "44";
    private const string Last = "60";

    /// <summary>Recomputes every leaf and the tree's right edge as the ledger itself would, from what the event tables say now.</summary>
    private const string LeavesMadeToFit =
        """
        create temporary table fitting as
        select l.index, sha256('\x00'::bytea || convert_to(concat_ws(E'\n', 'jpki-event/1', e.seq_id, e.stream_id, e.version, e.type, e.id,
            to_char(e."timestamp" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            encode(sha256(convert_to(coalesce(e.causation_id, '') || E'\n' || e.headers::text, 'UTF8')), 'base64'),
            encode(sha256(s.salt || convert_to(e.data::text, 'UTF8')), 'base64'), ''), 'UTF8')) as hash
        from ledger.audit_leaf l join ledger.mt_events e on e.seq_id = l.sequence join ledger.audit_salt s on s.stream = e.stream_id;
        update ledger.audit_leaf l set hash = f.hash from fitting f where f.index = l.index;
        """;

    [Fact]
    [Trait("Rule", "B1")]
    public async Task What_nobody_touched_is_good_and_leaves_made_anew_are_the_same()
    {
        Assert.Empty((await AfterAsync("select 1")).Findings);
        Assert.Empty((await AfterAsync(LeavesMadeToFit)).Findings);
    }

    [Theory]
    [InlineData("""update ledger.mt_events set data = data || '{"colour": "red"}' where seq_id = @middle""", "LeafDiffers", Middle)]
    [InlineData("""update ledger.mt_events set headers = headers || '{"subject": "nobody"}' where seq_id = @middle""", "LeafDiffers", Middle)]
    [InlineData("""update ledger.mt_events set "timestamp" = "timestamp" - interval '1 microsecond' where seq_id = @middle""", "LeafDiffers", Middle)]
    [InlineData("update ledger.mt_events set type = 'card-face-updated.v1' where seq_id = @middle", "LeafDiffers", Middle)]
    [InlineData("update ledger.mt_events set version = version + 1000 where seq_id = @middle", "LeafDiffers", Middle)]
    [InlineData("update ledger.mt_events set id = gen_random_uuid() where seq_id = @middle", "LeafDiffers", Middle)]
    [InlineData("update ledger.mt_events set causation_id = gen_random_uuid()::text where seq_id = @middle", "LeafDiffers", Middle)]
    [InlineData("update ledger.mt_events set stream_id = '13207-00000001', version = 1000 where seq_id = @middle", "LeafDiffers", Middle)]
    [InlineData("delete from ledger.mt_events where seq_id = @middle", "EventMissing", Middle)]
    [InlineData("delete from ledger.mt_events where seq_id = @last", "EventMissing", Last)]
    [InlineData("update ledger.mt_events set seq_id = 0 where seq_id = @middle", "EventMissing", Middle)]
    [InlineData("update ledger.mt_events set seq_id = 0 where seq_id = @middle", "EventStray", "0")]
    [InlineData("update ledger.audit_leaf set hash = sha256('another') where sequence = @middle", "LeafDiffers", Middle)]
    [InlineData("update ledger.audit_salt set salt = sha256('another') where stream = (select stream_id from ledger.mt_events where seq_id = @middle)", "LeafDiffers", Middle)]
    [Trait("Rule", "B1")]
    public async Task Whatever_is_done_to_one_event_is_named_with_its_sequence(string sql, string code, string sequence)
    {
        var report = await AfterAsync(sql);

        Assert.Contains(report.Findings, each => each.Code == code && each.Place.Sequence == long.Parse(sequence, CultureInfo.InvariantCulture));
        Assert.False(report.IsGood);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task An_event_put_before_the_others_is_named_with_its_stream_and_version()
    {
        var report = await AfterAsync(
            """
            insert into ledger.mt_events
            select (jsonb_populate_record(e, jsonb_build_object('seq_id', 0, 'version', 1000, 'id', gen_random_uuid()))).* from ledger.mt_events e where seq_id = @middle
            """);

        Assert.Equal(1000, Assert.Single(report.Findings, each => each.Code == "EventStray").Place.Version);
    }

    [Theory]
    [InlineData("seq_id")]
    [InlineData("data")]
    [InlineData("stream_id")]
    [Trait("Rule", "B1")]
    public async Task Two_events_that_exchanged_something_are_both_named(string column)
    {
        // In another stream versions give way: each stream has each once.
        var report = await AfterAsync(
            $"""
            create temporary table exchanged as select e.*, case seq_id when @middle then @other else @middle end as partner
                from ledger.mt_events e where seq_id in (@middle, @other);
            delete from ledger.mt_events where seq_id in (@middle, @other);
            insert into ledger.mt_events
            select (jsonb_populate_record(null::ledger.mt_events, to_jsonb(one) || jsonb_build_object('{column}', to_jsonb(two) -> '{column}')
                || jsonb_build_object('version', one.version + {(column == "stream_id" ? 1000 : 0)}))).*
            from exchanged one join exchanged two on two.seq_id = one.partner
            """);

        Assert.Equal([Middle, Other], report.Findings.Where(each => each.Code == "LeafDiffers").Select(each => $"{each.Place.Sequence}"));
    }

    [Theory]
    [InlineData("""update ledger.mt_events set data = data || '{"colour": "red"}' where seq_id = @middle""")]
    [InlineData("""update ledger.mt_events set "timestamp" = "timestamp" - interval '1 microsecond' where seq_id = @middle""")]
    [Trait("Rule", "B1")]
    public async Task With_all_leaves_made_to_fit_the_signed_checkpoints_still_tell_where(string sql)
    {
        var report = await AfterAsync($"{sql}; {LeavesMadeToFit}");

        Assert.DoesNotContain("LeafDiffers", report.Findings.Select(each => each.Code));
        Assert.Equal(new Place(Index: 20, Size: 40), Assert.Single(report.Findings, each => each.Code == "RootDiffers").Place);
    }

    [Theory]
    [InlineData(Middle, "CheckpointMisplaced", 40)]
    [InlineData(Last, "CheckpointMisplaced", 60)]
    [Trait("Rule", "B1")]
    public async Task An_event_removed_with_its_leaf_and_all_that_follow_moved_up_does_not_fit_what_was_signed(string sequence, string code, long size)
    {
        var report = await AfterAsync(
            $"""
            delete from ledger.mt_events where seq_id = {sequence};
            delete from ledger.audit_leaf where sequence = {sequence};
            update ledger.audit_leaf set index = -index where sequence > {sequence};
            update ledger.audit_leaf set index = -index - 1 where index < 0;
            update ledger.audit_tree set size = size - 1
            """);

        Assert.Contains(report.Findings, each => each.Code == code && each.Place.Size == size || each.Code == "RootDiffers" && each.Place.Size == size);
        Assert.False(report.IsGood);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Removed_checkpoints_are_missed()
    {
        Assert.Contains("NoCheckpoint", (await AfterAsync("delete from ledger.audit_checkpoint")).Findings.Select(each => each.Code));
        Assert.Contains("NotYetProven", (await AfterAsync("delete from ledger.audit_checkpoint where size = 60")).Findings.Select(each => each.Code));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_checkpoint_that_was_written_over_is_not_signed()
    {
        var report = await AfterAsync("update ledger.audit_checkpoint set note = replace(note, 'sequence 40', 'sequence 41') where size = 40");

        Assert.Equal(40, Assert.Single(report.Findings, each => each.Code == "CheckpointNotSigned").Place.Size);
    }

    /// <summary>Sixty events, a checkpoint after each twenty, and then the statement.</summary>
    private async Task<VerificationReport> AfterAsync(string sql)
    {
        await using var town = await ProvenTown.OpenAsync(server);
        for (var from = 1; from <= Residents; from += 10)
        {
            await town.FillAsync(from, 10);
            await town.KeepAllAsync();
            await town.SignAsync();
        }

        await Sql.ExecuteAsync(
            town.ConnectionString,
            sql.Replace("@middle", Middle, StringComparison.Ordinal).Replace("@other", Other, StringComparison.Ordinal).Replace("@last", Last, StringComparison.Ordinal));
        return await town.VerifyAsync();
    }
}
