using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Keys;

/// <summary>One authority's two files in a generation's folder: the certificate in PEM, the key in encrypted PKCS#8 PEM.</summary>
internal static class AuthorityFiles
{
    private const string EncryptedKeyLabel = "ENCRYPTED PRIVATE KEY";
    private const string CertificateLabel = "CERTIFICATE";

    // OWASP's figure for PBKDF2-HMAC-SHA256. One derivation costs about 0.3 s of one core; the keys are opened side by side, so a
    // start is held up once by it, and somebody with a stolen file pays it for every guess.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, iterationCount: 600_000);

    public static bool AnyIn(string folder, CertificateKind kind) =>
        File.Exists(Path.Combine(folder, CertificateName(kind))) || File.Exists(Path.Combine(folder, KeyName(kind)));

    /// <summary>A new key and its certificate, as files to be written.</summary>
    public static IEnumerable<(string Name, string Content)> New(
        CertificateKind kind, string passphrase, AuthoritySettings settings, DateTimeOffset at)
    {
        using AsymmetricAlgorithm key = settings.Of(kind).KeyAlgorithm == KeyAlgorithm.Rsa2048Sha256
            ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption);
        using var signing = SigningKey(key);
        var certificate = AuthorityCertificate.SelfSign(kind, settings, signing, at);
        return [(CertificateName(kind), PemEncoding.WriteString(CertificateLabel, certificate) + "\n"), (KeyName(kind), encrypted + "\n")];
    }

    /// <summary>The authority, or why not.</summary>
    public static (Authority? Authority, StoreRefused? Refused) Load(
        string folder, CertificateKind kind, string passphrase, AuthoritySettings settings)
    {
        var certificate = Pem(Path.Combine(folder, CertificateName(kind)), CertificateLabel);
        var encrypted = Pem(Path.Combine(folder, KeyName(kind)), EncryptedKeyLabel);
        if (certificate is null || encrypted is null || !IsEncryptedPrivateKeyInfo(encrypted))
            return Refuse(StoreFailure.Damaged, $"A file of the {kind} authority in {folder} is missing or is not what its name says.");
        var facts = SelfSigned(certificate);
        if (facts is null)
            return Refuse(StoreFailure.Damaged, $"The certificate of the {kind} authority in {folder} does not carry its own signature.");
        if (!facts.Subject.AsSpan().SequenceEqual(DistinguishedNames.Issuer(settings, kind).ToX509Name().GetDerEncoded()))
            return Refuse(StoreFailure.SettingsDiffer, $"The {kind} authority in {folder} has another name than the settings give it.");
        var key = Decrypt(encrypted, passphrase, facts.Algorithm);
        if (key is null)
            return Refuse(StoreFailure.WrongPassphrase, $"The key of the {kind} authority in {folder} does not open with this passphrase.");
        if (key.PublicKey.Span.SequenceEqual(facts.PublicKey))
            return (new Authority(kind, certificate, key), null);
        key.Dispose();
        return Refuse(StoreFailure.Damaged, $"Key and certificate of the {kind} authority in {folder} do not belong together.");
    }

    private static (Authority?, StoreRefused?) Refuse(StoreFailure failure, string explanation) => (null, new(failure, explanation));

    private static ISigningKey? Decrypt(byte[] encrypted, string passphrase, KeyAlgorithm algorithm)
    {
        using AsymmetricAlgorithm key = algorithm == KeyAlgorithm.Rsa2048Sha256 ? RSA.Create() : ECDsa.Create();
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(passphrase, encrypted, out _);
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

    private static IssuerFacts? SelfSigned(byte[] certificate)
    {
        try
        {
            var facts = IssuerFacts.Of(certificate);
            return CertificateSignature.IsBy(certificate, facts) ? facts : null;
        }
        catch (Exception malformed) when (malformed is CryptographicException or AsnContentException)
        {
            return null;
        }
    }

    private static byte[]? Pem(string path, string label)
    {
        if (!File.Exists(path))
            return null;
        var text = File.ReadAllText(path);
        return PemEncoding.TryFind(text, out var found) && text[found.Label] == label
            ? Convert.FromBase64String(text[found.Base64Data]) : null;
    }

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

    private static string CertificateName(CertificateKind kind) => $"{Prefix(kind)}.certificate.pem";

    private static string KeyName(CertificateKind kind) => $"{Prefix(kind)}.key.pem";

    private static string Prefix(CertificateKind kind) => kind == CertificateKind.Signature ? "signature" : "user-authentication";
}
