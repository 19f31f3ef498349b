using Jpki.Audit.Merkle;
using Jpki.Ledger.Proofs;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests.Proofs;

/// <summary>Every event gets one leaf, in the ledger's order, whoever writes and whoever makes leaves at the same time (B1).</summary>
public sealed class LeafTests(LocalServer server)
{
    private const string LateEvent =
        """
        with stream as (insert into ledger.mt_streams (id, version, timestamp) values ('13207-00000099', 1, now()))
        insert into ledger.mt_events (seq_id, id, stream_id, version, data, type, timestamp, causation_id, headers, mt_dotnet_type)
        select $1, gen_random_uuid(), '13207-00000099', 1, data, type, timestamp, causation_id, headers, mt_dotnet_type
        from ledger.mt_events where seq_id = 1
        """;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Of_many_writers_and_two_who_make_leaves_comes_one_tree_with_every_event_once()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        var crowd = new Crowd(town.Ledger, 24);
        var second = new TreeKeeper(town.Open.Store);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var writing = crowd.AppendUntilAsync(enough.Token);

        await Eventually.TrueAsync(async () =>
        {
            await Task.WhenAll(town.KeepAsync(), second.NextAsync(Now));
            return crowd.Count > 600;
        });
        await enough.CancelAsync();
        await writing;
        await town.KeepAllAsync();

        var report = await town.VerifyAsync();
        Assert.Equal(crowd.Count, report.Events);
        Assert.Equal(
            await Sql.ScalarAsync<long>(town.ConnectionString, "select count(*) from ledger.mt_events where type <> 'tombstone'"),
            await Sql.ScalarAsync<long>(town.ConnectionString, "select count(distinct sequence) from ledger.audit_leaf"));
        Assert.Equal(report.Root, (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!.Root.ToBase64());
    }

    [Theory]
    [Trait("Rule", "B1")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_that_commits_after_later_ones_is_waited_for_and_one_that_never_does_is_passed(bool commits)
    {
        await using var town = await ProvenTown.OpenAsync(server);
        await town.FillAsync(1, 2);
        await town.KeepAllAsync();
        await using var slow = new NpgsqlConnection(town.ConnectionString);
        await slow.OpenAsync(Now);
        await using var transaction = await slow.BeginTransactionAsync(Now);
        // A number and nothing else: the transaction has not even a number of its own yet.
        await using var draw = new NpgsqlCommand("select nextval('ledger.mt_events_sequence')", slow, transaction);
        var drawn = (long)(await draw.ExecuteScalarAsync(Now))!;

        await town.FillAsync(3, 1);
        Assert.Equal(0, await town.KeepAsync());
        Assert.Equal(4, (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!.Size);

        await using (var insert = new NpgsqlCommand(LateEvent, slow, transaction) { Parameters = { new() { Value = drawn } } })
            await insert.ExecuteNonQueryAsync(Now);
        Assert.Equal(0, await town.KeepAsync());
        await (commits ? transaction.CommitAsync(Now) : transaction.RollbackAsync(Now));
        await town.KeepAllAsync();
        Assert.Equal(commits ? 7 : 6, (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!.Size);
        Assert.True(await Sql.ScalarAsync<bool>(
            town.ConnectionString, "select bool_and(ordered) from (select sequence > lag(sequence, 1, 0::bigint) over (order by index) as ordered from ledger.audit_leaf) leaves"));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_connection_killed_with_a_number_in_its_hand_and_a_unrelatedtransaction_without_one_hold_nobody_back()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        await using var unrelated = new NpgsqlConnection(town.ConnectionString);
        await unrelated.OpenAsync(Now);
        await using var rebuild = await unrelated.BeginTransactionAsync(Now);
        await using (var write = new NpgsqlCommand("create table ledger.rebuilt (a int)", unrelated, rebuild))
            await write.ExecuteNonQueryAsync(Now);
        await using var doomed = new NpgsqlConnection(town.ConnectionString + ";Pooling=false");
        await doomed.OpenAsync(Now);
        await using var transaction = await doomed.BeginTransactionAsync(Now);
        await using (var draw = new NpgsqlCommand("select nextval('ledger.mt_events_sequence')", doomed, transaction))
            await draw.ExecuteScalarAsync(Now);
        await town.FillAsync(1, 2);
        Assert.Equal(0, await town.KeepAsync());

        await Sql.ExecuteAsync(town.ConnectionString, $"select pg_terminate_backend({doomed.ProcessID})");
        await town.KeepAllAsync();

        Assert.Equal(4, (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!.Size);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Proofs_are_assembled_from_what_is_stored_and_hold()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        await town.FillAsync(1, 150);
        await town.KeepAllAsync();
        var early = (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!;
        await town.FillAsync(200, 150);
        await town.KeepAllAsync();
        var late = (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!;
        Assert.Equal((300, 600), (early.Size, late.Size));

        var consistency = await town.Tree.ConsistencyAsync(ProvenTown.Municipality, early.Size, late.Size, Now);
        Assert.True(Jpki.Audit.Merkle.Proofs.Continues(early.Size, early.Root, late.Size, late.Root, consistency!));
        foreach (var index in (long[])[0, 1, 254, 255, 256, 257, 299, 300, 511, 512, 598, 599])
        {
            var leaf = new TreeHash(await Sql.ScalarAsync<byte[]>(town.ConnectionString, $"select hash from ledger.audit_leaf where index = {index}"));
            var proof = await town.Tree.InclusionAsync(ProvenTown.Municipality, index, late.Size, Now);
            Assert.True(Jpki.Audit.Merkle.Proofs.Includes(leaf, index, late.Size, proof!, late.Root));
        }

        Assert.Null(await town.Tree.InclusionAsync(ProvenTown.Municipality, 600, 600, Now));
        Assert.Null(await town.Tree.InclusionAsync(ProvenTown.Municipality, 0, 601, Now));
        Assert.Null(await town.Tree.ConsistencyAsync(ProvenTown.Municipality, 1, 601, Now));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task An_export_verifies_with_nothing_but_the_public_key()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        await town.FillAsync(1, 20);
        await town.KeepAllAsync();
        await town.SignAsync();
        await town.FillAsync(30, 5);
        await town.KeepAllAsync();
        await town.SignAsync();

        var report = await town.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal((50, 50, 2), (report.Events, report.ProvenSize, report.Checkpoints));
    }
}
