using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Tool.Sources;
using Jpki.Audit.Verification;
using Jpki.Audit.Witnessing;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Witnessing;

/// <summary>What came of one look at the log.</summary>
/// <param name="Size">Of the checkpoint seen.</param>
/// <param name="Finding">Why it was not cosigned; none when it was.</param>
internal sealed record WitnessLook(long Size, Finding? Finding);

/// <summary>証人: looks at a log's newest checkpoint and cosigns it when it continues what was cosigned before.</summary>
internal sealed class Witness(AuditServer server, NoteKey log, INoteSigner signer, WitnessState state, TimeProvider time)
{
    /// <exception cref="UnreachableSourceException">The log does not answer; nothing was cosigned, or what was is remembered and handed in at the next look.</exception>
    public async Task<WitnessLook> LookAsync(CancellationToken cancellation)
    {
        var text = await server.CheckpointAsync(cancellation);
        if (!SignedNote.TryParse(text, out var note))
            return new(0, Findings.CheckpointUnreadable(1));
        var verdict = WitnessRule.Judge(state.Remembered, note, await ProofToAsync(note, cancellation), log, Ed25519Judge.Instance);
        switch (verdict)
        {
            case WitnessVerdict.Refuse refuse:
                return new(state.Remembered?.Size ?? 0, refuse.Finding);
            case WitnessVerdict.Cosign cosign:
                // What others signed on the note is not vouched for.
                var own = note with { Signatures = [.. note.Signatures.Where(each => each.IsBy(log))] };
                state.Remember(cosign.Checkpoint, own.With(Cosignature.Sign(own, signer, time.GetUtcNow())));
                break;
        }

        // Also when it is the one from before: an answer may have been lost, and the same cosignature twice does no harm.
        if (!note.Signatures.Any(each => each.IsBy(signer.Key)))
            await server.CosignAsync(state.Remembered!.Size, state.Note!.Signatures.Last(each => each.IsBy(signer.Key)).ToString(), cancellation);
        return new(state.Remembered!.Size, null);
    }

    private async Task<IReadOnlyList<TreeHash>> ProofToAsync(SignedNote note, CancellationToken cancellation) =>
        state.Remembered is { Size: > 0 } remembered && Checkpoint.TryParse(note.Text, out var next) && next.Size > remembered.Size
            ? await server.ConsistencyAsync(remembered.Size, next.Size, cancellation)
            : [];
}
