namespace Jpki.Audit.Notes;

/// <summary>What a note key signs; the number is the octet of C2SP signed-note.</summary>
public enum NoteKeyKind
{
    /// <summary>The note's text, by Ed25519.</summary>
    Ed25519 = 1,

    /// <summary>The note's text together with the instant of signing, by Ed25519 (C2SP tlog-cosignature): a witness's.</summary>
    Cosignature = 4,
}
