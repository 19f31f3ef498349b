using System.Buffers.Binary;
using System.Text;

namespace Jpki.Audit.Notes;

/// <summary>A signed note (C2SP signed-note): a text, an empty line, and a line for each signature.</summary>
/// <param name="Text">What is signed; ends with a line feed.</param>
/// <param name="Signatures">At least one.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>A note of more signatures is refused: none of ours has that many, and each may cost a verification.</summary>
    public const int MostSignatures = 100;

    private const string LineStart = "— ";

    /// <summary>Length of an Ed25519 signature in octets.</summary>
    public const int SignatureSize = 64;

    /// <summary>Signs a text.</summary>
    /// <exception cref="ArgumentException">The text does not end with a line feed, or the key is for cosignatures.</exception>
    public static SignedNote Sign(string text, INoteSigner signer)
    {
        if (!text.EndsWith('\n'))
            throw new ArgumentException("A note's text ends with a line feed.", nameof(text));
        if (signer.Key.Kind != NoteKeyKind.Ed25519)
            throw new ArgumentException("This key signs with an instant.", nameof(signer));
        return new(text, [NoteSignature.By(signer.Key, signer.Sign(Encoding.UTF8.GetBytes(text)))]);
    }

    /// <summary>Reads a note; nothing is verified yet.</summary>
    /// <returns>False when it is none.</returns>
    public static bool TryParse(string note, out SignedNote parsed)
    {
        parsed = null!;
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || split + 2 == note.Length || !note.EndsWith('\n') || note.Any(each => each < ' ' && each != '\n'))
            return false;

        var lines = note[(split + 2)..^1].Split('\n');
        var signatures = new List<NoteSignature>();
        foreach (var line in lines)
        {
            if (signatures.Count == MostSignatures || !TrySignature(line, out var signature))
                return false;
            signatures.Add(signature);
        }

        parsed = new(note[..(split + 1)], signatures);
        return true;
    }

    /// <summary>The same note with one signature more.</summary>
    public SignedNote With(NoteSignature signature) => this with { Signatures = [.. Signatures, signature] };

    /// <summary>Whether the note has a good signature by this key over its text.</summary>
    public bool IsSignedBy(NoteKey key, ISignatureJudge judge) =>
        key.Kind == NoteKeyKind.Ed25519
        && Signatures.Any(each => each.IsBy(key) && judge.IsGood(key.PublicKey.Span, Encoding.UTF8.GetBytes(Text), each.Signature.Span));

    /// <summary>The note's octets as text.</summary>
    public override string ToString() => Text + "\n" + string.Concat(Signatures.Select(each => each + "\n"));

    private static bool TrySignature(string line, out NoteSignature signature)
    {
        signature = null!;
        if (!line.StartsWith(LineStart, StringComparison.Ordinal) || line[LineStart.Length..].Split(' ') is not [var name, var text] || !NoteKey.IsName(name))
            return false;

        var octets = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, octets, out var length) || length <= sizeof(uint))
            return false;
        signature = new(name, BinaryPrimitives.ReadUInt32BigEndian(octets), Domain.Octets.From(octets.AsSpan(sizeof(uint)..length)));
        return true;
    }
}
