using System.Buffers;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;
using Jpki.Audit.Tests.Support;
using Jpki.Audit.Verification;
using Jpki.Ledger.Tests.Support;
using Jpki.Pki.Notes;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>
/// Whatever a database administrator does to the event tables is found by a verification of what is exported afterwards, and named by its place
/// (B1). Each test does it in a transaction, exports, and takes it back.
/// </summary>
public sealed class TamperingTests(TamperedLedger ledger) : IClassFixture<TamperedLedger>
{
    private const string Municipality = "13207";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_touched_is_good()
    {
        var report = await AfterAsync("select 1", fitting: false);

        Assert.True(report.IsGood, Text(report));
        Assert.Equal(report.Events, report.ProvenSize);
    }

    [Theory]
    [InlineData("""update ledger.mt_events set data = data || '{"colour": "red"}' where seq_id = @middle""", "LeafDiffers")]
    [InlineData("""update ledger.mt_events set headers = headers || '{"subject": "nobody"}' where seq_id = @middle""", "LeafDiffers")]
    [InlineData("""update ledger.mt_events set "timestamp" = "timestamp" - interval '1 microsecond' where seq_id = @middle""", "LeafDiffers")]
    [InlineData("update ledger.mt_events set type = 'card-face-updated.v1' where seq_id = @middle", "LeafDiffers")]
    [InlineData("update ledger.mt_events set version = version + 1000 where seq_id = @middle", "LeafDiffers")]
    [InlineData("update ledger.mt_events set id = gen_random_uuid() where seq_id = @middle", "LeafDiffers")]
    [InlineData("update ledger.mt_events set causation_id = gen_random_uuid()::text where seq_id = @middle", "LeafDiffers")]
    [InlineData("update ledger.mt_events set stream_id = '13207-00000001', version = 1000 where seq_id = @middle", "LeafDiffers")]
    [InlineData("delete from ledger.mt_events where seq_id = @middle", "EventMissing")]
    [InlineData("delete from ledger.mt_events where seq_id = @last", "EventMissing")]
    [InlineData("update ledger.mt_events set seq_id = seq_id + 1000000 where seq_id = @middle", "EventMissing")]
    [Trait("Rule", "B1")]
    public async Task Whatever_is_done_to_one_event_is_named_with_its_sequence(string sql, string code)
    {
        var sequence = sql.Contains("@last", StringComparison.Ordinal) ? ledger.Last : ledger.Middle;

        var report = await AfterAsync(sql, fitting: false);

        Assert.True(report.Findings.Any(each => each.Code == code && each.Place.Sequence == sequence), Text(report));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task An_event_put_between_others_is_named()
    {
        var report = await AfterAsync(
            """
            insert into ledger.mt_events
            select (jsonb_populate_record(e, jsonb_build_object('seq_id', 0, 'version', 1000, 'id', gen_random_uuid()))).* from ledger.mt_events e where seq_id = @middle
            """,
            fitting: false);

        Assert.Equal([1000L], report.Findings.Where(each => each.Code == "EventStray").Select(each => each.Place.Version!.Value));
    }

    [Theory]
    [InlineData("seq_id")]
    [InlineData("stream_id")]
    [InlineData("data")]
    [Trait("Rule", "B1")]
    public async Task Two_events_that_exchanged_something_are_both_named(string column)
    {
        // Versions give way first: a stream has each once.
        var report = await AfterAsync(
            $"""
            create temporary table exchanged on commit drop as select e.*, case seq_id when @middle then @last else @middle end as other
                from ledger.mt_events e where seq_id in (@middle, @last);
            delete from ledger.mt_events where seq_id in (@middle, @last);
            insert into ledger.mt_events
            select (jsonb_populate_record(null::ledger.mt_events, to_jsonb(one) || jsonb_build_object('{column}', to_jsonb(two) -> '{column}') || jsonb_build_object('version', one.version + {(column == "stream_id" ? 1000 : 0)}))).*
            from exchanged one join exchanged two on two.seq_id = one.other
            """,
            fitting: false);

        Assert.True(new[] { ledger.Middle, ledger.Last }.All(sequence => report.Findings.Any(each => each.Code == "LeafDiffers" && each.Place.Sequence == sequence)), Text(report));
    }

    [Theory]
    [InlineData("""update ledger.mt_events set data = data || '{"colour": "red"}' where seq_id = @middle""")]
    [InlineData("""update ledger.mt_events set "timestamp" = "timestamp" - interval '1 microsecond' where seq_id = @middle""")]
    [InlineData("delete from ledger.mt_events where seq_id = @middle")]
    [Trait("Rule", "B1")]
    public async Task With_all_leaves_made_to_fit_the_signed_checkpoints_still_tell_where(string sql)
    {
        var report = await AfterAsync(sql, fitting: true);

        var first = report.Findings.First(each => each.Code is "RootDiffers" or "CheckpointMisplaced");
        Assert.False(report.IsGood);
        Assert.InRange(ledger.Middle, ledger.SequenceAt(first.Place.Size!.Value - InventedRecord.Pace), ledger.SequenceAt(first.Place.Size!.Value));
    }

    private async Task<VerificationReport> AfterAsync(string sql, bool fitting)
    {
        await using var connection = new NpgsqlConnection(ledger.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand(Filled(sql), connection, transaction);
        await command.ExecuteNonQueryAsync(Cancellation);

        var table = new TableExport();
        if (fitting)
            await table.ProveAsync(connection, Municipality, Cancellation);
        else
            ledger.Proven(table);
        var lines = await table.LinesAsync(connection, Municipality, Cancellation).ToListAsync(Cancellation);
        await transaction.RollbackAsync(Cancellation);

        using var file = new MemoryStream(ledger.Exported(lines));
        var options = new VerificationOptions(InventedRecord.Signer.Key) { Witnesses = [InventedRecord.Witness.Key] };
        return await new ExportVerifier(options, Ed25519Judge.Instance).VerifyAsync(file, null, Cancellation);
    }

    private string Filled(string sql) => sql
        .Replace("@middle", ledger.Middle.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("@last", ledger.Last.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static string Text(VerificationReport report) => string.Join('\n', report.Findings.Select(each => $"{each.Code} {each.Place}"));
}

/// <summary>An invented town in a real ledger, of which every event has become a leaf under signed checkpoints.</summary>
public sealed class TamperedLedger(LocalServer server) : LedgerDatabase(server), IAsyncLifetime
{
    private readonly TableExport _untouched = new();
    private readonly Dictionary<long, ExportedCheckpoint> _checkpoints = [];
    private List<long> _sequences = [];

    public long Middle => _sequences[_sequences.Count / 2];

    public long Last => _sequences[^1];

    /// <summary>The sequence of the last leaf of a tree of that size.</summary>
    public long SequenceAt(long size) => size <= 0 ? 0 : _sequences[(int)long.Min(size, _sequences.Count) - 1];

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var events = InventedTown.Events(40).ToList();
        var lengths = events.GroupBy(each => each.Resident).Select(life => (life.Key, life.LongCount()));
        Assert.True(await Import.ImportAsync(lengths, events, null, TestContext.Current.CancellationToken));

        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await _untouched.ProveAsync(connection, "13207", TestContext.Current.CancellationToken);
        _sequences = [.. _untouched.Leaves.Keys];
        var tree = new TreeFrontier();
        foreach (var (sequence, (_, leaf)) in _untouched.Leaves)
        {
            tree.Add(leaf);
            if (tree.Size % InventedRecord.Pace == 0 || tree.Size == _sequences.Count)
                _checkpoints.Add(tree.Size, InventedRecord.Checkpoint(tree.Size, tree.Root, sequence, GivenExport.Noon.AddSeconds(tree.Size)));
        }
    }

    internal void Proven(TableExport table)
    {
        foreach (var (sequence, leaf) in _untouched.Leaves)
            table.Leaves.Add(sequence, leaf);
    }

    /// <summary>The export of what the tables say, with the checkpoints that were signed.</summary>
    internal byte[] Exported(List<ExportLine> lines)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new ExportWriter(buffer);
        writer.Write(GivenExport.Header(lines.Count(each => each is not StrayEvent)));
        foreach (var line in lines)
        {
            switch (line)
            {
                case ExportedEvent x: writer.Write(x); break;
                case MissingEvent x: writer.Write(x); break;
                case StrayEvent x: writer.Write(x); break;
            }

            if (line is not StrayEvent && _checkpoints.TryGetValue(writer.Events, out var checkpoint))
                writer.Write(checkpoint);
        }

        writer.WriteEnd();
        return buffer.WrittenSpan.ToArray();
    }
}
