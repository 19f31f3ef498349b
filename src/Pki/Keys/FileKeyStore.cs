using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Keys;

/// <summary>Keys in PKCS#8 files, encrypted under the store's secret (RFC 5958, PBES2 of RFC 8018).</summary>
internal sealed class FileKeyStore : IKeyStore
{
    private const string EncryptedKeyLabel = "ENCRYPTED PRIVATE KEY";

    // OWASP's figure for PBKDF2-HMAC-SHA256. One derivation costs about 0.3 s of one core; the keys are opened side by side, so a
    // start is held up once by it, and somebody with a stolen file pays it for every guess.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);

    public string Ending => "key.pem";

    public MadeKey Make(CertificateKind kind, KeyAlgorithm algorithm, string secret)
    {
        using AsymmetricAlgorithm key = algorithm == KeyAlgorithm.Rsa2048Sha256 ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP384);
        return new(SigningKey(key), key.ExportEncryptedPkcs8PrivateKeyPem(secret, Encryption) + "\n", () => { });
    }

    public KeyOpening Open(string file, string secret, IssuerFacts facts)
    {
        if (Pem.Read(file, EncryptedKeyLabel) is not { } encrypted || !IsEncryptedPrivateKeyInfo(encrypted))
            return new KeyOpening.Unreadable();
        if (Decrypt(encrypted, secret, facts.Algorithm) is not { } key)
            return new KeyOpening.WrongSecret();
        if (key.PublicKey.Span.SequenceEqual(facts.PublicKey))
            return new KeyOpening.Opened(key);
        key.Dispose();
        return new KeyOpening.NotTheCertificates();
    }

    public string Describe(string file) => "file";

    /// <remarks>
    /// The overwriting reaches the octets where the file system writes in place; elsewhere (copy on write, flash) what remains is still
    /// encrypted, and the secret's two halves are what is left to destroy.
    /// </remarks>
    public void Destroy(string path, string secret)
    {
        if (!File.Exists(path))
            return;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            file.Write(RandomNumberGenerator.GetBytes(checked((int)file.Length)));
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
    }

    private static ISigningKey? Decrypt(byte[] encrypted, string secret, KeyAlgorithm algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == KeyAlgorithm.Rsa2048Sha256 ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(secret, encrypted, out _);
            return SigningKey(key);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ISigningKey SigningKey(AsymmetricAlgorithm key) => key switch
    {
        // A second object: the signing key disposes its own, the caller the one it passed.
        RSA rsa => new RsaSigningKey(RSA.Create(rsa.ExportParameters(includePrivateParameters: true))),
        ECDsa ecdsa => new EcdsaSigningKey(ecdsa),
        _ => throw new ArgumentException("Neither RSA nor ECDSA.", nameof(key)),
    };

    // RFC 5958 3. Tells a damaged file from a wrong passphrase as far as that can be told without the key.
    private static bool IsEncryptedPrivateKeyInfo(byte[] der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.BER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            info.ReadSequence();
            return info.ReadOctetString().Length > 0 && !info.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
