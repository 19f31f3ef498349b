using Jpki.Audit.Merkle;

namespace Jpki.Audit.Tests;

/// <summary>The tree of RFC 6962 against known roots, and proofs against a tree computed in the RFC's own recursive words.</summary>
public sealed class MerkleTests
{
    /// <summary>The eight leaves that implementations of RFC 6962 are commonly tested with.</summary>
    private static readonly string[] KnownLeaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_known_leaves_have_the_known_roots(int size, string root)
    {
        var tree = new TreeFrontier();
        foreach (var leaf in KnownLeaves.Take(size))
            tree.Add(TreeHash.OfLeaf(Convert.FromHexString(leaf)));

        Assert.Equal(root, Convert.ToHexStringLower(tree.Root.Span));
    }

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proven_and_no_other_leaf_index_or_root_is()
    {
        var leaves = Leaves(40);
        for (var size = 1; size <= leaves.Length; size++)
        {
            var root = Root(leaves.AsSpan(0, size));
            for (var index = 0; index < size; index++)
            {
                var proof = ProofPlan.Inclusion(index, size).Assemble(node => Hash(leaves, node));

                Assert.True(Proofs.Includes(leaves[index], index, size, proof, root));
                Assert.False(Proofs.Includes(TreeHash.OfLeaf("another"u8), index, size, proof, root));
                Assert.False(Proofs.Includes(leaves[index], index, size, [.. proof, root], root));
                Assert.False(Proofs.Includes(leaves[index], index, size, proof, TreeHash.OfNothing));
                Assert.False(Proofs.Includes(leaves[index], size, size, proof, root));
                if (proof.Count > 0)
                    Assert.False(Proofs.Includes(leaves[index], index, size, [.. proof.Skip(1)], root));
            }
        }
    }

    [Fact]
    public void Every_small_tree_is_proven_to_be_the_beginning_of_every_larger_and_of_no_other()
    {
        var leaves = Leaves(40);
        for (var second = 1; second <= leaves.Length; second++)
        {
            var after = Root(leaves.AsSpan(0, second));
            for (var first = 1; first <= second; first++)
            {
                var before = Root(leaves.AsSpan(0, first));
                var proof = ProofPlan.Consistency(first, second).Assemble(node => Hash(leaves, node));

                Assert.True(Proofs.Continues(first, before, second, after, proof));
                Assert.False(Proofs.Continues(first, TreeHash.OfNothing, second, after, proof));
                Assert.False(Proofs.Continues(first, before, second, TreeHash.OfNothing, proof));
                Assert.False(Proofs.Continues(first, before, second, after, [.. proof, after]));
                if (proof.Count > 0)
                    Assert.False(Proofs.Continues(first, before, second, after, [.. proof.Take(proof.Count - 1)]));
            }
        }
    }

    [Fact]
    public void A_frontier_kept_and_taken_up_again_goes_on_as_if_nothing_had_been()
    {
        var leaves = Leaves(40);
        var whole = new TreeFrontier();
        foreach (var leaf in leaves)
        {
            var kept = new TreeFrontier(whole.Size, whole.Roots);
            kept.Add(leaf);
            whole.Add(leaf);
            Assert.Equal(whole.Root, kept.Root);
        }

        Assert.Equal(Root(leaves), whole.Root);
        Assert.Throws<ArgumentException>(() => new TreeFrontier(3, [leaves[0]]));
    }

    [Fact]
    public void A_leaf_tells_which_nodes_it_completes()
    {
        var leaves = Leaves(21);
        var nodes = new Dictionary<TreeNode, TreeHash>();
        var tree = new TreeFrontier();
        foreach (var leaf in leaves)
            tree.Add(leaf, nodes.Add);

        Assert.All(nodes, each => Assert.Equal(Hash(leaves, each.Key), each.Value));
        Assert.Equal(21 + 10 + 5 + 2 + 1, nodes.Count);
    }

    private static TreeHash[] Leaves(int count) => [.. Enumerable.Range(0, count).Select(each => TreeHash.OfLeaf([(byte)each]))];

    private static TreeHash Hash(TreeHash[] leaves, TreeNode node) => Root(leaves.AsSpan((int)node.Start, 1 << node.Level));

    /// <summary>MTH of RFC 6962, section 2.1, word by word.</summary>
    private static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        if (leaves.Length == 1)
            return leaves[0];

        var split = 1;
        while (split * 2 < leaves.Length)
            split *= 2;
        return TreeHash.OfNode(Root(leaves[..split]), Root(leaves[split..]));
    }
}
