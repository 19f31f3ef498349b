using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Pki.Notes;

namespace Jpki.Pki.Tests.Notes;

/// <summary>Signed notes, checkpoints and cosignatures as C2SP writes them, with Ed25519.</summary>
public sealed class NoteTests
{
    /// <summary>Key and note out of the documentation of Go's <c>sumdb/note</c>.</summary>
    private const string GoPrivateKey = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string GoPublicKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string GoText = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string GoSignature = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";

    private static readonly Ed25519Judge Judge = Ed25519Judge.Instance;
    private static readonly DateTimeOffset At = new(2026, 11, 22, 9, 30, 0, 123, TimeSpan.FromHours(9));

    [Fact]
    public void A_note_is_signed_octet_by_octet_as_Go_does()
    {
        var signer = Ed25519NoteSigner.Parse(GoPrivateKey);

        Assert.Equal(GoPublicKey, signer.Key.ToString());
        Assert.Equal($"{GoText}\n{GoSignature}\n", SignedNote.Sign(GoText, signer).ToString());
        Assert.Equal(GoPrivateKey, signer.ToPrivateText());
    }

    [Fact]
    public void A_note_is_read_and_judged_by_the_public_key_alone()
    {
        Assert.True(NoteKey.TryParse(GoPublicKey, out var key));
        Assert.True(SignedNote.TryParse($"{GoText}\n{GoSignature}\n", out var note));

        Assert.True(note.IsSignedBy(key, Judge));
        Assert.False((note with { Text = GoText.Replace("answer", "Answer", StringComparison.Ordinal) }).IsSignedBy(key, Judge));
        Assert.False(note.IsSignedBy(Ed25519NoteSigner.Generate("PeterNeumann", NoteKeyKind.Ed25519).Key, Judge));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no signature\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n- name AAAAAAAAAA==\n")]
    [InlineData("text\n\n— name AAAAAAAAAA==")]
    [InlineData("te\rxt\n\n— name AAAAAAAAAA==\n")]
    public void What_is_no_note_is_refused(string text) => Assert.False(SignedNote.TryParse(text, out _));

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10")]
    [InlineData("PeterNeumann")]
    public void What_is_no_key_is_refused(string text) => Assert.False(NoteKey.TryParse(text, out _));

    [Fact]
    public void A_private_key_that_does_not_fit_its_hash_is_refused_without_being_repeated()
    {
        var error = Assert.Throws<FormatException>(() => Ed25519NoteSigner.Parse(GoPrivateKey.Replace("c74f20a3", "c74f20a4", StringComparison.Ordinal)));

        Assert.DoesNotContain("AYEKFALV", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_is_read_as_it_was_written()
    {
        var checkpoint = new Checkpoint("audit.example/13207", 12, TreeHash.OfLeaf("a"u8), 17, At);

        Assert.True(Checkpoint.TryParse(checkpoint.ToText(), out var read));
        Assert.Equal(checkpoint, read);
        Assert.EndsWith("\nsequence 17\nat 2026-11-22T00:30:00.123000Z\n", checkpoint.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n12\n", "\n012\n")]
    [InlineData("\n12\n", "\n-12\n")]
    [InlineData("sequence 17", "sequence  17")]
    [InlineData("at 2026", "on 2026")]
    [InlineData("audit.example/13207", "audit example")]
    public void What_is_no_checkpoint_is_refused(string right, string wrong)
    {
        var text = new Checkpoint("audit.example/13207", 12, TreeHash.OfLeaf("a"u8), 17, At).ToText();

        Assert.False(Checkpoint.TryParse(text.Replace(right, wrong, StringComparison.Ordinal), out _));
    }

    [Fact]
    public void A_witness_cosigns_with_the_instant_and_its_signature_is_for_this_note_only()
    {
        var log = Ed25519NoteSigner.Generate("audit.example/13207", NoteKeyKind.Ed25519);
        var witness = Ed25519NoteSigner.Generate("witness.example", NoteKeyKind.Cosignature);
        var note = SignedNote.Sign(new Checkpoint("audit.example/13207", 12, TreeHash.OfLeaf("a"u8), 17, At).ToText(), log);

        var cosigned = note.With(Cosignature.Sign(note, witness, At));

        Assert.True(SignedNote.TryParse(cosigned.ToString(), out var read));
        Assert.True(read.IsSignedBy(log.Key, Judge));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(At.ToUnixTimeSeconds()), Cosignature.SignedAt(read, witness.Key, Judge));
        Assert.Null(Cosignature.SignedAt(read with { Text = read.Text.Replace("\n12\n", "\n13\n", StringComparison.Ordinal) }, witness.Key, Judge));
        Assert.Null(Cosignature.SignedAt(read, log.Key, Judge));
        Assert.Null(Cosignature.SignedAt(note, witness.Key, Judge));
    }
}
