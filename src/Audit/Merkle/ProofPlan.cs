namespace Jpki.Audit.Merkle;

/// <summary>
/// Which nodes of a tree a proof is made of, so that whoever keeps the tree can fetch them at once; then the proof itself.
/// </summary>
/// <remarks>A proof's hash may stand for a range of leaves that is no complete subtree; it is computed from the complete ones within.</remarks>
public sealed class ProofPlan
{
    private readonly IReadOnlyList<IReadOnlyList<TreeNode>> _ranges;

    private ProofPlan(IEnumerable<(long Start, long End)> ranges) =>
        _ranges = [.. ranges.Select(range => TreeNode.Spanning(range.Start, range.End).ToList())];

    /// <summary>Every complete subtree whose hash is needed; no two overlap.</summary>
    public IEnumerable<TreeNode> Nodes => _ranges.SelectMany(range => range);

    /// <summary>That a leaf stands at an index of the tree of a size (RFC 6962, section 2.1.1).</summary>
    /// <param name="index">From 0 to before <paramref name="size"/>.</param>
    /// <param name="size">Number of leaves, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such leaf.</exception>
    public static ProofPlan Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<(long, long)>();
        var (start, end) = (0L, size);
        while (end - start > 1)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                path.Add((middle, end));
                end = middle;
            }
            else
            {
                path.Add((start, middle));
                start = middle;
            }
        }

        path.Reverse();
        return new(path);
    }

    /// <summary>That the tree of one size is the beginning of the tree of another (RFC 6962, section 2.1.2).</summary>
    /// <param name="first">At least 1; of a tree without leaves every tree is a continuation, and nothing needs a proof.</param>
    /// <param name="second">At least <paramref name="first"/>; when equal the proof is empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not such sizes.</exception>
    public static ProofPlan Consistency(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(second, first);
        var path = new List<(long, long)>();
        var (start, end) = (0L, second);
        while (end != first)
        {
            var middle = start + Split(end - start);
            if (first <= middle)
            {
                path.Add((middle, end));
                end = middle;
            }
            else
            {
                path.Add((start, middle));
                start = middle;
            }
        }

        // When the first tree is a complete subtree of the second from leaf 0, its root is known to whoever asks and is left out.
        if (start > 0)
            path.Add((start, end));
        path.Reverse();
        return new(path);
    }

    /// <summary>The proof: one hash a range, from the leaf's or the first tree's neighbour up to the root's child.</summary>
    /// <param name="hash">The hash of a complete subtree.</param>
    public IReadOnlyList<TreeHash> Assemble(Func<TreeNode, TreeHash> hash) =>
        [.. _ranges.Select(range => range.Reverse().Select(hash).Aggregate((right, left) => TreeHash.OfNode(left, right)))];

    /// <summary>The largest power of two smaller than the number of leaves.</summary>
    private static long Split(long leaves) => 1L << (int)long.Log2(leaves - 1);
}
