namespace Jpki.Audit.Merkle;

/// <summary>Proofs judged by nothing but hashes: no tree, no key. Never throws for a proof, however wrong.</summary>
public static class Proofs
{
    /// <summary>Whether the leaf stands at the index of the tree of that size and root (RFC 9162, section 2.1.3.2).</summary>
    /// <param name="index">Counted from 0.</param>
    public static bool Includes(TreeHash leaf, long index, long size, IReadOnlyList<TreeHash> proof, TreeHash root)
    {
        if (index < 0 || index >= size)
            return false;

        var (node, last, hash) = (index, size - 1, leaf);
        foreach (var sibling in proof)
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = TreeHash.OfNode(sibling, hash);
                (node, last) = ToRightChild(node, last);
            }
            else
            {
                hash = TreeHash.OfNode(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && hash == root;
    }

    /// <summary>Whether the first tree is the beginning of the second (RFC 9162, section 2.1.4.2).</summary>
    /// <remarks>A first tree without leaves is the beginning of every tree; the proof must be empty then.</remarks>
    public static bool Continues(long first, TreeHash firstRoot, long second, TreeHash secondRoot, IReadOnlyList<TreeHash> proof)
    {
        if (first < 0 || second < first)
            return false;
        if (first == second)
            return proof.Count == 0 && firstRoot == secondRoot;
        if (first == 0)
            return proof.Count == 0 && firstRoot == TreeHash.OfNothing;

        IReadOnlyList<TreeHash> path = long.IsPow2(first) ? [firstRoot, .. proof] : proof;
        if (path.Count == 0)
            return false;

        var (node, last) = (first - 1, second - 1);
        while ((node & 1) == 1)
            (node, last) = (node >> 1, last >> 1);
        return Climb(path, node, last) is var (before, after) && before == firstRoot && after == secondRoot;
    }

    private static (TreeHash Before, TreeHash After)? Climb(IReadOnlyList<TreeHash> path, long node, long last)
    {
        var (before, after) = (path[0], path[0]);
        foreach (var sibling in path.Skip(1))
        {
            if (last == 0)
                return null;
            if ((node & 1) == 1 || node == last)
            {
                before = TreeHash.OfNode(sibling, before);
                after = TreeHash.OfNode(sibling, after);
                (node, last) = ToRightChild(node, last);
            }
            else
            {
                after = TreeHash.OfNode(after, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 ? (before, after) : null;
    }

    /// <summary>Up past the levels on which the node has no sibling.</summary>
    private static (long Node, long Last) ToRightChild(long node, long last)
    {
        while ((node & 1) == 0 && node != 0)
            (node, last) = (node >> 1, last >> 1);
        return (node, last);
    }
}
