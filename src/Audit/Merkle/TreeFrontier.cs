namespace Jpki.Audit.Merkle;

/// <summary>
/// The right edge of a growing tree: the roots of its complete subtrees, largest first. With it leaves are added and the tree's root is
/// known, in memory that grows with the logarithm of the number of leaves. Not safe for concurrent use.
/// </summary>
public sealed class TreeFrontier
{
    private readonly List<TreeHash> _roots = [];

    /// <summary>Of an empty tree.</summary>
    public TreeFrontier()
    {
    }

    /// <summary>Of a tree with leaves already.</summary>
    /// <param name="size">Number of leaves, 0 or more.</param>
    /// <param name="roots">The roots of the complete subtrees, largest first: as many as <paramref name="size"/> has ones in binary.</param>
    /// <exception cref="ArgumentException">The two do not fit.</exception>
    public TreeFrontier(long size, IEnumerable<TreeHash> roots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        _roots.AddRange(roots);
        if (_roots.Count != long.PopCount(size))
            throw new ArgumentException("As many roots as the size has ones in binary.", nameof(roots));
        Size = size;
    }

    /// <summary>Number of leaves.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, largest first.</summary>
    public IReadOnlyList<TreeHash> Roots => _roots;

    /// <summary>The root of the tree as it is now.</summary>
    public TreeHash Root
    {
        get
        {
            if (_roots.Count == 0)
                return TreeHash.OfNothing;

            var root = _roots[^1];
            for (var each = _roots.Count - 2; each >= 0; each--)
                root = TreeHash.OfNode(_roots[each], root);
            return root;
        }
    }

    /// <summary>Adds a leaf after the last.</summary>
    /// <param name="completed">Told every node that the leaf completes, from the leaf upwards.</param>
    public void Add(TreeHash leaf, Action<TreeNode, TreeHash>? completed = null)
    {
        var (node, hash) = (new TreeNode(0, Size), leaf);
        completed?.Invoke(node, hash);
        while (node.IsRight)
        {
            hash = TreeHash.OfNode(_roots[^1], hash);
            _roots.RemoveAt(_roots.Count - 1);
            node = node.Parent;
            completed?.Invoke(node, hash);
        }

        _roots.Add(hash);
        Size++;
    }
}
