using Jpki.Audit.Notes;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Jpki.Pki.Notes;

/// <summary>Judges signatures by Ed25519 (RFC 8032), which .NET does not bring. Stateless.</summary>
public sealed class Ed25519Judge : ISignatureJudge
{
    public static Ed25519Judge Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsGood(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == Ed25519.PublicKeySize
        && signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, message.ToArray(), 0, message.Length);
}
