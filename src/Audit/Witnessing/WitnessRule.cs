using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Verification;

namespace Jpki.Audit.Witnessing;

/// <summary>What a witness does about a checkpoint. A closed set.</summary>
public abstract record WitnessVerdict
{
    private WitnessVerdict()
    {
    }

    /// <summary>It continues what was cosigned before, or is the first: cosign it.</summary>
    public sealed record Cosign(Checkpoint Checkpoint) : WitnessVerdict;

    /// <summary>It is the one that was cosigned last.</summary>
    public sealed record AsBefore(Checkpoint Checkpoint) : WitnessVerdict;

    /// <summary>It is not cosigned, for this reason, and somebody has to look.</summary>
    public sealed record Refuse(Finding Finding) : WitnessVerdict;
}

/// <summary>
/// 証人の判断: a checkpoint is cosigned when it is signed by the log and proven to continue the one remembered. For one size there is one root, for
/// ever (C2SP tlog-witness). The first checkpoint is taken as it is: the witness vouches for what comes after it.
/// </summary>
public static class WitnessRule
{
    /// <param name="remembered">The last one cosigned; none before the first.</param>
    /// <param name="proof">Of consistency from the remembered size to the next; empty where they are equal or nothing is remembered.</param>
    public static WitnessVerdict Judge(
        Checkpoint? remembered, SignedNote next, IReadOnlyList<TreeHash> proof, NoteKey key, ISignatureJudge judge)
    {
        if (!Checkpoint.TryParse(next.Text, out var checkpoint))
            return Refuse(Findings.CheckpointUnreadable(1));
        if (checkpoint.Origin != key.Name)
            return Refuse(Findings.CheckpointOfAnother(checkpoint.Size));
        if (!next.IsSignedBy(key, judge))
            return Refuse(Findings.CheckpointNotSigned(checkpoint.Size));
        if (remembered is null)
            return new WitnessVerdict.Cosign(checkpoint);
        if (checkpoint.Size < remembered.Size)
            return Refuse(Findings.RolledBack(remembered.Size, checkpoint.Size));
        if (checkpoint.Size == remembered.Size)
            return checkpoint.Root == remembered.Root ? new WitnessVerdict.AsBefore(checkpoint) : Refuse(Findings.TwoRoots(checkpoint.Size));
        return Proofs.Continues(remembered.Size, remembered.Root, checkpoint.Size, checkpoint.Root, proof)
            ? new WitnessVerdict.Cosign(checkpoint)
            : Refuse(Findings.NotConsistent(remembered.Size, checkpoint.Size));
    }

    private static WitnessVerdict.Refuse Refuse(Finding finding) => new(finding);
}
