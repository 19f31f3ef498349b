namespace Jpki.Audit.Notes;

/// <summary>Holds a private key for notes.</summary>
public interface INoteSigner
{
    /// <summary>The public half.</summary>
    NoteKey Key { get; }

    /// <summary>Ed25519 (RFC 8032) over the message itself, 64 octets.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}

/// <summary>Judges Ed25519 signatures (RFC 8032).</summary>
public interface ISignatureJudge
{
    /// <summary>Never throws for a wrong key or signature.</summary>
    /// <param name="publicKey">32 octets.</param>
    /// <param name="signature">64 octets; any other length is refused.</param>
    bool IsGood(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);
}
