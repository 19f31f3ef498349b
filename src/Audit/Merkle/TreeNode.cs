namespace Jpki.Audit.Merkle;

/// <summary>A complete subtree's place: it spans the leaves from <c>Index · 2^Level</c>, <c>2^Level</c> of them.</summary>
/// <param name="Level">0 for a leaf.</param>
/// <param name="Index">Counted from 0 on its level.</param>
public readonly record struct TreeNode(int Level, long Index)
{
    /// <summary>The first leaf that it spans, counted from 0.</summary>
    public long Start => Index << Level;

    /// <summary>The first leaf after those that it spans.</summary>
    public long End => (Index + 1) << Level;

    public bool IsRight => (Index & 1) == 1;

    public TreeNode Parent => new(Level + 1, Index >> 1);

    public TreeNode Left => new(Level - 1, Index << 1);

    public TreeNode Right => new(Level - 1, (Index << 1) + 1);

    /// <summary>The complete subtrees that make up the leaves from <paramref name="start"/> to before <paramref name="end"/>, from left to right.</summary>
    /// <param name="start">A multiple of the largest power of two below <c>end − start</c>, as ranges in proofs are.</param>
    internal static IEnumerable<TreeNode> Spanning(long start, long end)
    {
        while (start < end)
        {
            var level = long.Log2(end - start) is var fits && start == 0 ? (int)fits : (int)long.Min(fits, long.TrailingZeroCount(start));
            var node = new TreeNode(level, start >> level);
            yield return node;
            start = node.End;
        }
    }
}
