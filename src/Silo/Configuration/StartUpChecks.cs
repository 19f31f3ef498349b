using System.Net;
using Jpki.Audit.Notes;
using Jpki.Silo.Security;

namespace Jpki.Silo.Configuration;

/// <summary>What a silo refuses to start with. A wrong configuration stops here, with a sentence, and not in the middle of a day.</summary>
public static class StartUpChecks
{
    /// <exception cref="StartUpException">There is a reason not to start; all of them are named.</exception>
    public static void Refuse(SiloOptions options, bool production)
    {
        if (Problems(options, production) is { Count: > 0 } problems)
            throw new StartUpException(string.Join('\n', ["The silo does not start:", .. problems.Select(problem => $"- {problem}")]));
    }

    /// <summary>Every reason not to start; empty when there is none.</summary>
    public static IReadOnlyList<string> Problems(SiloOptions options, bool production) =>
    [
        .. NotLoopback("Urls", options.Urls),
        .. options.Kestrel.Endpoints.Values.SelectMany(endpoint => NotLoopback("Kestrel:Endpoints", endpoint.Url)),
        .. WithoutPublicSide(options.Public),
        .. WithoutProofs(options.Audit, production),
        .. Senseless(options.Municipalities, production),
        .. WrongSecret(options.Authorities),
        .. WithoutOffice(options.Registry, options.Municipalities, production),
        .. options.Reports.Problems(),
        .. production ? InProduction(options) : [],
    ];

    private static IEnumerable<string> WrongSecret(AuthoritySection authorities)
    {
        if (authorities.PassphraseFiles.Count is not (0 or 2))
            yield return "Authorities:PassphraseFiles: name two files, one for each officer.";
        if (authorities is { PassphraseFile: not null, PassphraseFiles.Count: > 0 })
            yield return "Authorities: PassphraseFile and PassphraseFiles are both set; a store has one secret, of one part or of two.";
    }

    private static IEnumerable<string> WithoutOffice(RegistrySection registry, IReadOnlyList<MunicipalitySection> municipalities, bool production)
    {
        if (registry.Office is { } office && !municipalities.SelectMany(each => each.Offices).Any(each => each.Code == office))
            yield return "Registry:Office: not an office of a configured municipality.";
        if (production && registry is { Inbox: not null, Office: null })
            yield return "Registry:Office: set the office whose registry drops files into Registry:Inbox.";
    }

    // This slice has no TLS and no client certificates yet, so nobody outside this machine may reach it.
    private static IEnumerable<string> NotLoopback(string setting, string urls) =>
        from url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        where !Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsLoopback(uri)
        select $"{setting}: '{url}' is not a loopback address. This version serves its own machine only; use http://127.0.0.1:PORT.";

    private static IEnumerable<string> WithoutPublicSide(PublicSection publicSide)
    {
        var urls = publicSide.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (urls.Length == 0 || urls.Any(url => !url.StartsWith("http://", StringComparison.Ordinal)))
            yield return "Public:Urls: set at least one plain address, such as http://127.0.0.1:5081; what is served there is signed.";
        if (publicSide.BaseAddress is { } address && !(address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttp && address.AbsoluteUri.EndsWith('/')))
            yield return "Public:BaseAddress: an absolute http address that ends in a slash; it stands in every certificate.";
        if (publicSide.ListsLookEvery < TimeSpan.FromSeconds(1) || publicSide.ListsLookEvery > TimeSpan.FromSeconds(30))
            yield return "Public:ListsLookEvery: 00:00:01 to 00:00:30; a suspension must stand in a delta list within a minute.";
    }

    private static IEnumerable<string> WithoutProofs(AuditSection audit, bool production)
    {
        if (!NoteKey.IsName(audit.Origin) || (production && audit.Origin == new AuditSection().Origin))
            yield return "Audit:Origin: set a domain of yours without scheme, such as audit.city.example; every checkpoint is signed under it.";
        if (audit.CheckpointEvery < TimeSpan.FromSeconds(1) || audit.CheckpointEvery > TimeSpan.FromMinutes(1))
            yield return "Audit:CheckpointEvery: 00:00:01 to 00:01:00.";
        if (audit.RefuseAfter < TimeSpan.FromSeconds(10))
            yield return "Audit:RefuseAfter: 00:00:10 or more.";
        foreach (var witness in audit.Witnesses.Where(each => !NoteKey.TryParse(each, out var key) || key.Kind != NoteKeyKind.Cosignature))
            yield return $"Audit:Witnesses: '{witness}' is no witness's public key; jpki audit witness-key prints it.";
    }

    private static IEnumerable<string> Senseless(IReadOnlyList<MunicipalitySection> municipalities, bool production) => municipalities.Count == 0
        ? ["Municipalities: configure at least one."]
        : municipalities.Select(each => ProblemOf(each, production)).OfType<string>();

    private static string? ProblemOf(MunicipalitySection municipality, bool production)
    {
        try
        {
            _ = municipality.ToMunicipality(production);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return $"Municipalities: {municipality.Code}: {exception.Message}";
        }
    }

    private static bool IsLoopback(Uri uri) =>
        uri.Host == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static IEnumerable<string> InProduction(SiloOptions options)
    {
        if (options.Clock.PlayFrom is not null)
            yield return "Clock:PlayFrom: a played clock is for demonstrations; production runs on the real time.";
        if (options.Tokens.DevelopmentKeyFile is not null || options.Tokens.Issuer == DevelopmentTokens.Issuer)
            yield return "Tokens: the development key and issuer are refused in production; set Tokens:Issuer and Tokens:PublicKeyFile.";
        if (options.Tokens.PublicKeyFile is null || options.Tokens.Issuer is null)
            yield return "Tokens: set Tokens:Issuer and Tokens:PublicKeyFile to the issuer of the staff's tokens.";
        if (options.Authorities.Folder is null || options.Authorities is { PassphraseFile: null, PassphraseFiles.Count: 0 })
        {
            yield return "Authorities: set Authorities:Folder, and Authorities:PassphraseFiles (two officers) or Authorities:PassphraseFile (one); "
                + "production never creates an authority by itself.";
        }
        if (options.Public.BaseAddress is null)
            yield return "Public:BaseAddress: set the address under which relying parties reach lists and OCSP; it stands in every certificate.";
        if (options.Ledger.ConnectionString is null)
            yield return "Ledger:ConnectionString: production uses a PostgreSQL that somebody backs up, not the private one.";
    }
}
