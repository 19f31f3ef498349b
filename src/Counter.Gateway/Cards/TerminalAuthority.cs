using System.Security.Cryptography;

namespace Jpki.Counter.Gateway.Cards;

/// <summary>
/// Issues terminal certificates; cards carry its public key (EF 0016). For development and tests: a town hall would get them from
/// outside.
/// </summary>
public sealed class TerminalAuthority : IDisposable
{
    private readonly ECDsa _key;

    private TerminalAuthority(ECDsa key) => _key = key;

    /// <summary>65 bytes, as a card holds it.</summary>
    public byte[] PublicKey => TerminalCertificate.PointOf(_key);

    public static TerminalAuthority Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="pem">P-256 private key, PKCS#8, not encrypted.</param>
    public static TerminalAuthority FromPem(ReadOnlySpan<char> pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new TerminalAuthority(key);
    }

    public string ExportPem() => _key.ExportPkcs8PrivateKeyPem();

    /// <param name="terminalPublicKey">65 bytes.</param>
    /// <param name="terminalId">1–16 printable ASCII characters.</param>
    /// <param name="validUntil">Last day in JST, inclusive.</param>
    public TerminalCertificate Issue(byte[] terminalPublicKey, string terminalId, DateOnly validUntil) => new(
        terminalPublicKey,
        terminalId,
        validUntil,
        _key.SignData(TerminalCertificate.SignedPart(terminalPublicKey, terminalId, validUntil), HashAlgorithmName.SHA256));

    public void Dispose() => _key.Dispose();
}
