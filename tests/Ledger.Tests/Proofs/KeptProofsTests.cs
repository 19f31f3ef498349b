using Jpki.Ledger.Proofs;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.Proofs;

/// <summary>Checkpoints are signed while there is something new, never for a second history, and what can't be proven is noticed.</summary>
public sealed class KeptProofsTests(LocalServer server)
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_follower_makes_leaves_signs_and_at_its_end_signs_what_is_left()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        using var follower = Follower(town, new ListLogger<TreeFollower>());
        await town.FillAsync(1, 3);

        await follower.StartAsync(Now);
        await Eventually.TrueAsync(async () => await town.Tree.LastCheckpointAsync(ProvenTown.Municipality, Now) is not null);
        await town.FillAsync(10, 3);
        await Eventually.TrueAsync(async () => (await town.Tree.StateAsync(ProvenTown.Municipality, Now))?.Size == 12);
        await follower.StopAsync(Now);

        Assert.Equal(12, (await town.Tree.LastCheckpointAsync(ProvenTown.Municipality, Now))!.Size);
        Assert.Empty((await town.VerifyAsync()).Findings);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_tree_that_does_not_go_on_from_what_was_signed_is_never_signed()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        await town.FillAsync(1, 5);
        await town.KeepAllAsync();
        await town.SignAsync();
        // A past leaf replaced, and the right edge made to fit it: as somebody would who knows how the tree is kept.
        await Sql.ExecuteAsync(
            town.ConnectionString,
            "update ledger.audit_leaf set hash = sha256('another') where index = 8; update ledger.audit_tree set roots = overlay(roots placing sha256('another') from 33)");
        var log = new ListLogger<TreeFollower>();
        using var follower = Follower(town, log);

        await follower.StartAsync(Now);
        await town.FillAsync(10, 2);
        await Eventually.TrueAsync(() => Task.FromResult(log.Lines.Any(line => line.Contains("Incident", StringComparison.Ordinal))));
        await follower.StopAsync(Now);

        Assert.Equal(10, (await town.Tree.LastCheckpointAsync(ProvenTown.Municipality, Now))!.Size);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Events_that_wait_for_their_leaves_without_progress_are_noticed_and_forgotten_when_they_have_them()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        using var watch = new ProofWatch(town.Open.Store, town, new ProofOptions { RefuseAfter = TimeSpan.Zero }, TimeProvider.System);
        await watch.LookAsync(Now);
        Assert.True(watch.AreKept);

        await town.FillAsync(1, 2);
        await watch.LookAsync(Now);
        Assert.False(watch.AreKept);

        await town.KeepAllAsync();
        await watch.LookAsync(Now);
        Assert.True(watch.AreKept);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Leaves_that_wait_for_a_checkpoint_longer_than_one_takes_are_noticed_too()
    {
        await using var town = await ProvenTown.OpenAsync(server);
        using var watch = new ProofWatch(
            town.Open.Store, town, new ProofOptions { RefuseAfter = TimeSpan.Zero, CheckpointEvery = TimeSpan.Zero }, TimeProvider.System);
        await town.FillAsync(1, 2);
        await town.KeepAllAsync();
        await watch.LookAsync(Now);
        Assert.False(watch.AreKept);

        await town.SignAsync();
        await watch.LookAsync(Now);
        Assert.True(watch.AreKept);
    }

    private static TreeFollower Follower(ProvenTown town, ListLogger<TreeFollower> log) => new(
        town.Open.Store, town.Tree, town, new ProofOptions { LookEvery = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, log);
}
