using System.Security.Cryptography;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;
using Jpki.Domain.Identifiers;

namespace Jpki.Ledger.Proofs;

/// <summary>The leaves of a page of events, and what the trees become by them. Pure but for the salts it draws.</summary>
/// <param name="trees">As they stood before; they grow.</param>
/// <param name="salts">Known ones; new streams get theirs.</param>
internal sealed class LeafPage(Dictionary<MunicipalityCode, TreeFrontier> trees, Dictionary<string, byte[]> salts)
{
    public List<(MunicipalityCode Municipality, long Index, long Sequence, TreeHash Hash)> Leaves { get; } = [];

    public List<(MunicipalityCode Municipality, TreeNode Node, TreeHash Hash)> Nodes { get; } = [];

    public List<(string Stream, byte[] Salt)> NewSalts { get; } = [];

    /// <summary>The last sequence of every tree that grew.</summary>
    public Dictionary<MunicipalityCode, long> LastSequences { get; } = [];

    public void Add(StoredRow row)
    {
        if (StreamKeys.MunicipalityOf(row.Stream) is not { } municipality)
            return;

        if (!trees.TryGetValue(municipality, out var tree))
            trees.Add(municipality, tree = new());
        var leaf = row.ToLeafRecord(SaltOf(row.Stream)).ToLeaf();
        Leaves.Add((municipality, tree.Size, row.Sequence, leaf));
        LastSequences[municipality] = row.Sequence;
        tree.Add(leaf, (node, hash) =>
        {
            if (node.Level > 0 && node.Level % NodeTable.LevelStep == 0)
                Nodes.Add((municipality, node, hash));
        });
    }

    private byte[] SaltOf(string stream)
    {
        if (salts.TryGetValue(stream, out var salt))
            return salt;
        salts.Add(stream, salt = RandomNumberGenerator.GetBytes(LeafRecord.SaltSize));
        NewSalts.Add((stream, salt));
        return salt;
    }
}
