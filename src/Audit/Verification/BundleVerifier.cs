using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;

namespace Jpki.Audit.Verification;

/// <summary>証明書類の検証: that an event is in the tree that the key, and the witnesses, signed. Needs no server and no other event.</summary>
public static class BundleVerifier
{
    /// <returns>Empty when everything is proven.</returns>
    public static IReadOnlyList<Finding> Verify(ProofBundle bundle, VerificationOptions options, ISignatureJudge judge)
    {
        if (!SignedNote.TryParse(bundle.Checkpoint, out var note) || OpenedNote.Of(note, options, judge) is not { } opened)
            return [Findings.CheckpointUnreadable(1)];

        var findings = new List<Finding>();
        var checkpoint = opened.Checkpoint;
        if (checkpoint.Origin != options.Key.Name)
            findings.Add(Findings.CheckpointOfAnother(checkpoint.Size));
        else if (!opened.IsSigned)
            findings.Add(Findings.CheckpointNotSigned(checkpoint.Size));
        for (var each = 0; each < options.Witnesses.Count; each++)
        {
            if (opened.Cosigned[each] is not true)
                findings.Add(opened.Cosigned[each] is null
                    ? Findings.NeverCosigned(options.Witnesses[each].Name)
                    : Findings.CosignatureBad(checkpoint.Size, options.Witnesses[each].Name));
        }

        var leaf = bundle.Event.ToLeafRecord().ToLeaf();
        if (bundle.Size != checkpoint.Size || !Proofs.Includes(leaf, bundle.Event.Index, bundle.Size, bundle.Hashes, checkpoint.Root))
            findings.Add(Findings.NotIncluded(bundle.Event, checkpoint.Size));
        return findings;
    }
}
