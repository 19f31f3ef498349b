using System.Security.Cryptography;
using Jpki.Counter.Gateway.Applets;

namespace Jpki.Counter.Gateway.Cards;

/// <summary>
/// A terminal whose key lies in a file: P-256, PKCS#8 as PEM, encrypted or not; the certificate beside it as its 153 bytes.
/// </summary>
public sealed class FileTerminal : ITerminal, IDisposable
{
    // NIST SP 800-132; the count is OWASP's for PBKDF2 with SHA-256.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    private readonly ECDsa _key;

    private FileTerminal(ECDsa key, TerminalCertificate certificate)
    {
        _key = key;
        Description = certificate;
        Certificate = certificate.Encode();
        Id = certificate.PaddedId;
    }

    public TerminalCertificate Description { get; }

    public ReadOnlyMemory<byte> Certificate { get; }

    public ReadOnlyMemory<byte> Id { get; }

    /// <param name="keyFile">PEM.</param>
    /// <param name="certificateFile">153 bytes.</param>
    /// <param name="password">Of the key; null when it is not encrypted.</param>
    /// <exception cref="InvalidDataException">The files are not a key and its certificate.</exception>
    public static FileTerminal Load(string keyFile, string certificateFile, string? password = null)
    {
        var certificate = TerminalCertificate.Parse(File.ReadAllBytes(certificateFile))
            ?? throw new InvalidDataException($"{certificateFile} is not a terminal certificate.");
        var key = ECDsa.Create();
        if (password is null)
            key.ImportFromPem(File.ReadAllText(keyFile));
        else
            key.ImportFromEncryptedPem(File.ReadAllText(keyFile), password);
        if (!TerminalCertificate.PointOf(key).AsSpan().SequenceEqual(certificate.PublicKey))
            throw new InvalidDataException($"{certificateFile} does not belong to the key in {keyFile}.");
        return new FileTerminal(key, certificate);
    }

    /// <summary>Makes a terminal: a fresh key and its certificate, written to files that only this user can read.</summary>
    public static void Provision(
        TerminalAuthority authority,
        string terminalId,
        DateOnly validUntil,
        string keyFile,
        string certificateFile,
        string? password = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, Encryption);
        WritePrivately(keyFile, writer => writer.Write(pem));
        File.WriteAllBytes(certificateFile, authority.Issue(TerminalCertificate.PointOf(key), terminalId, validUntil).Encode());
    }

    public byte[] Sign(ReadOnlySpan<byte> message) => _key.SignData(message.ToArray(), HashAlgorithmName.SHA256);

    public void Dispose() => _key.Dispose();

    private static void WritePrivately(string path, Action<TextWriter> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        write(writer);
    }
}
