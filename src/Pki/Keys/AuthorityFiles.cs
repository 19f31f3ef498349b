using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys.Pkcs11;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Keys;

/// <summary>
/// One authority's files in a generation's folder: the certificate in PEM, and either the encrypted key, or where the key is, or
/// (<c>….retired.json</c>) that there is none any more.
/// </summary>
internal static class AuthorityFiles
{
    private static readonly IKeyStore[] Stores = [new FileKeyStore(), new TokenKeyStore()];

    public static bool AnyIn(string folder, CertificateKind kind) =>
        File.Exists(CertificatePath(folder, kind)) || Stores.Any(store => File.Exists(KeyPath(folder, kind, store)));

    public static string CertificatePath(string folder, CertificateKind kind) => Path.Combine(folder, $"{kind.PathName()}.certificate.pem");

    public static string RetiredPath(string folder, CertificateKind kind) => Path.Combine(folder, $"{kind.PathName()}.retired.json");

    /// <summary>Where the key is kept; none when no file says so.</summary>
    public static (string Path, IKeyStore Store)? KeyOf(string folder, CertificateKind kind) =>
        Stores.Select(store => (Path: KeyPath(folder, kind, store), store)).Where(each => File.Exists(each.Path)).Cast<(string, IKeyStore)?>().FirstOrDefault();

    /// <summary>A new key and its certificate, as files to be written; and what undoes the key should they not be.</summary>
    /// <exception cref="KeyUnavailableException">The token refuses.</exception>
    public static NewAuthority New(CertificateKind kind, KeyPlace place, string secret, AuthoritySettings settings, DateTimeOffset at)
    {
        IKeyStore store = place is KeyPlace.Token token ? new TokenKeyStore(token) : new FileKeyStore();
        var made = store.Make(kind, settings.Of(kind).KeyAlgorithm, secret);
        using var key = made.Key;
        var certificate = AuthorityCertificate.SelfSign(kind, settings, key, at);
        return new(
            [($"{kind.PathName()}.certificate.pem", Pem.Write(Pem.CertificateLabel, certificate)), ($"{kind.PathName()}.{store.Ending}", made.File)],
            made.Discard);
    }

    /// <summary>The authority, or why not.</summary>
    public static (Authority? Authority, StoreRefused? Refused) Load(
        string folder, CertificateKind kind, string secret, AuthoritySettings settings)
    {
        var (certificate, facts, refused) = Certificate(folder, kind, settings);
        if (certificate is null || facts is null)
            return (null, refused);
        var issuesFrom = GenerationNotes.IssuesFrom(folder);
        // The note counts from the moment it is written: a key whose destruction was cut short is not used again.
        if (File.Exists(RetiredPath(folder, kind)))
            return (new Authority(kind, certificate, key: null, issuesFrom), null);
        if (KeyOf(folder, kind) is not { } kept)
            return (null, Damaged(folder, kind));
        try
        {
            return kept.Store.Open(File.ReadAllText(kept.Path), secret, facts) switch
            {
                KeyOpening.Opened opened => (new Authority(kind, certificate, opened.Key, issuesFrom), null),
                KeyOpening.Unreadable => (null, Damaged(folder, kind)),
                KeyOpening.WrongSecret => Refuse(
                    StoreFailure.WrongPassphrase, $"The key of the {kind} authority in {folder} does not open with this passphrase."),
                _ => Refuse(StoreFailure.Damaged, $"Key and certificate of the {kind} authority in {folder} do not belong together."),
            };
        }
        catch (KeyUnavailableException unavailable)
        {
            return Refuse(unavailable.Failure, $"The key of the {kind} authority in {folder}: {unavailable.Message}");
        }
    }

    /// <summary>The certificate, once it is what it should be; or why not.</summary>
    public static (byte[]? Certificate, IssuerFacts? Facts, StoreRefused? Refused) Certificate(
        string folder, CertificateKind kind, AuthoritySettings settings)
    {
        var path = CertificatePath(folder, kind);
        if (!File.Exists(path) || Pem.Read(File.ReadAllText(path), Pem.CertificateLabel) is not { } certificate)
            return (null, null, Damaged(folder, kind));
        if (SelfSigned(certificate) is not { } facts)
            return (null, null, new(StoreFailure.Damaged, $"The certificate of the {kind} authority in {folder} does not carry its own signature."));
        return facts.Subject.AsSpan().SequenceEqual(DistinguishedNames.Issuer(settings, kind).ToX509Name().GetDerEncoded())
            ? (certificate, facts, null)
            : (null, null, new(StoreFailure.SettingsDiffer, $"The {kind} authority in {folder} has another name than the settings give it."));
    }

    private static StoreRefused Damaged(string folder, CertificateKind kind) =>
        new(StoreFailure.Damaged, $"A file of the {kind} authority in {folder} is missing or is not what its name says.");

    private static (Authority?, StoreRefused?) Refuse(StoreFailure failure, string explanation) => (null, new(failure, explanation));

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

    private static string KeyPath(string folder, CertificateKind kind, IKeyStore store) => Path.Combine(folder, $"{kind.PathName()}.{store.Ending}");
}

/// <param name="Files">Name and content.</param>
/// <param name="Discard">Unmakes a key whose files were not written.</param>
internal sealed record NewAuthority(IReadOnlyList<(string Name, string Content)> Files, Action Discard);
