using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Jpki.Audit.Notes;

/// <summary>副署: a witness's signature on a checkpoint, which says when it saw it (C2SP tlog-cosignature, <c>cosignature/v1</c>).</summary>
public static class Cosignature
{
    /// <summary>Cosigns.</summary>
    /// <param name="at">To the second.</param>
    /// <exception cref="ArgumentException">The key is not one for cosignatures.</exception>
    public static NoteSignature Sign(SignedNote note, INoteSigner witness, DateTimeOffset at)
    {
        if (witness.Key.Kind != NoteKeyKind.Cosignature)
            throw new ArgumentException("A witness's key is of the kind that signs with an instant.", nameof(witness));

        var signature = new byte[sizeof(ulong) + SignedNote.SignatureSize];
        BinaryPrimitives.WriteUInt64BigEndian(signature, (ulong)at.ToUnixTimeSeconds());
        witness.Sign(Message(note, at.ToUnixTimeSeconds())).CopyTo(signature, sizeof(ulong));
        return NoteSignature.By(witness.Key, signature);
    }

    /// <summary>When the witness signed the note.</summary>
    /// <returns>Nothing when the note has no good signature by this witness.</returns>
    public static DateTimeOffset? SignedAt(SignedNote note, NoteKey witness, ISignatureJudge judge)
    {
        if (witness.Kind != NoteKeyKind.Cosignature)
            return null;

        foreach (var each in note.Signatures.Where(each => each.IsBy(witness) && each.Signature.Length == sizeof(ulong) + SignedNote.SignatureSize))
        {
            var seconds = BinaryPrimitives.ReadUInt64BigEndian(each.Signature.Span);
            if (seconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                && judge.IsGood(witness.PublicKey.Span, Message(note, (long)seconds), each.Signature.Span[sizeof(ulong)..]))
                return DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        }

        return null;
    }

    private static byte[] Message(SignedNote note, long seconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{note.Text}"));
}
