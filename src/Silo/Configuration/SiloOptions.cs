using System.Globalization;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Configuration;

/// <summary>The silo's configuration, section by section as in <c>appsettings.json</c>; bound once at start-up.</summary>
public sealed class SiloOptions
{
    /// <summary>Where the process listens; in this slice loopback addresses only, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The server's own way to say where it listens; it wins over <see cref="Urls"/>, so the same is asked of it.</summary>
    public KestrelSection Kestrel { get; init; } = new();

    /// <summary>Where everything local lies: the private database, the authorities of a development machine, the development token key.</summary>
    public string DataFolder { get; init; } = ".townhall";

    public PublicSection Public { get; init; } = new();

    public TokenOptions Tokens { get; init; } = new();

    public LedgerSection Ledger { get; init; } = new();

    public AuthoritySection Authorities { get; init; } = new();

    public ClockOptions Clock { get; init; } = new();

    public OrleansSection Orleans { get; init; } = new();

    public RegistrySection Registry { get; init; } = new();

    public AuditSection Audit { get; init; } = new();

    public ReportsSection Reports { get; init; } = new();

    public IReadOnlyList<MunicipalitySection> Municipalities { get; init; } = [];

    public string InDataFolder(params string[] parts) => Path.GetFullPath(Path.Combine([DataFolder, .. parts]));
}

/// <summary>What is read of Kestrel's section, to check it; Kestrel reads it by itself.</summary>
public sealed class KestrelSection
{
    public IReadOnlyDictionary<string, KestrelEndpoint> Endpoints { get; init; } = new Dictionary<string, KestrelEndpoint>();
}

public sealed class KestrelEndpoint
{
    public string Url { get; init; } = "";
}

/// <summary>公開側: the listener for relying parties: certificates of the authorities, revocation lists, OCSP.</summary>
public sealed class PublicSection
{
    /// <summary>Where it listens, separated by semicolons; plain http. Unlike the staff's side it may be any address.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5081";

    /// <summary>
    /// Base of the addresses written into certificates, ending in a slash: <c>crl/…</c>, <c>ocsp</c> and <c>cps</c> are appended. It stays in
    /// certificates for as long as they are valid. When absent, <c>pki/</c> at the first of <see cref="Urls"/>; production must set it.
    /// </summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>
    /// How often it is looked whether a revocation list is due, 1–30 s: a suspension stands in a delta list so much later, and within a minute in
    /// any case.
    /// </summary>
    public TimeSpan ListsLookEvery { get; init; } = TimeSpan.FromSeconds(5);

    public Uri BaseAddressOrOwn => BaseAddress ?? new Uri(new Uri(Urls.Split(';')[0]), "pki/");
}

/// <summary>Who issues tokens.</summary>
public sealed class TokenOptions
{
    /// <summary>The <c>iss</c> that must stand in a token; in development it is fixed.</summary>
    public string? Issuer { get; init; }

    /// <summary>The <c>aud</c> that must stand in a token.</summary>
    public string Audience { get; init; } = "jpki-orleans";

    /// <summary>PEM file with the issuer's public key (SubjectPublicKeyInfo, P-256). Required in production.</summary>
    public string? PublicKeyFile { get; init; }

    /// <summary>File with the development key pair, made on first use. Production refuses it.</summary>
    public string? DevelopmentKeyFile { get; init; }
}

public sealed class LedgerSection
{
    /// <summary>PostgreSQL; when absent the silo starts a private server of its own in the data folder.</summary>
    public string? ConnectionString { get; init; }
}

public sealed class AuthoritySection
{
    /// <summary>Organisation in the issuer's name. It never presents itself as the national authority.</summary>
    public string Organisation { get; init; } = "JPKI Orleans TEST";

    /// <summary>Folder of keys and certificates; default: <c>authorities</c> in the data folder.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// File with the passphrase of the private keys, where one person may hold it: development and small installations. Production wants this or
    /// <see cref="PassphraseFiles"/>, and not both.
    /// </summary>
    public string? PassphraseFile { get; init; }

    /// <summary>The two officers' files, each with its half of the passphrase; the first officer's first.</summary>
    public IReadOnlyList<string> PassphraseFiles { get; init; } = [];

    /// <summary>Years that a new authority certificate is valid, 7–30.</summary>
    public int ValidityYears { get; init; } = new AuthoritySettings().ValidityYears;
}

public sealed class ClockOptions
{
    /// <summary>Start of a played day; absent: the real time. Production refuses it.</summary>
    public DateTimeOffset? PlayFrom { get; init; }
}

/// <summary>Orleans' own ports, on the loopback. Whoever reaches them can call any grain.</summary>
public sealed class OrleansSection
{
    public int SiloPort { get; init; } = 11111;

    public int GatewayPort { get; init; } = 30000;
}

/// <summary>The registry's files; without an inbox there is no file drop. A development silo has one in its data folder.</summary>
public sealed class RegistrySection
{
    /// <summary>Folder that files are renamed into; reports and done files go to <c>reports</c> and <c>done</c> beside it.</summary>
    public string? Inbox { get; init; }

    /// <summary>An office, 9 digits, of the municipality whose registry drops the files. In development the first office configured.</summary>
    public string? Office { get; init; }
}

/// <summary>A municipality as configured.</summary>
public sealed class MunicipalitySection
{
    public required string Code { get; init; }

    public required string Prefecture { get; init; }

    public required string JapaneseName { get; init; }

    public required string EnglishPrefecture { get; init; }

    public required string EnglishName { get; init; }

    public IReadOnlyList<OfficeSection> Offices { get; init; } = [];

    public IReadOnlyList<RuleSetSection> RuleSets { get; init; } = [];

    /// <summary>Whether images of both sides of identity documents are required (S26); when absent, in production only.</summary>
    public bool? RequireDocumentImages { get; init; }

    /// <exception cref="FormatException">A code is malformed.</exception>
    /// <exception cref="ArgumentException">A rule set is unknown, or there is none.</exception>
    public Municipality ToMunicipality(bool production) => new(
        MunicipalityCode.Parse(Code),
        Prefecture,
        JapaneseName,
        EnglishPrefecture,
        EnglishName,
        [.. Offices.Select(office => office.ToOffice())],
        RuleSets.Count == 0
            ? throw new ArgumentException($"Municipality {Code} has no rule set.")
            : [.. RuleSets.OrderBy(set => set.From).Select(set => new RuleSetInForce(set.From, RuleSet.Named(set.Name)))])
    {
        RequireDocumentImages = RequireDocumentImages ?? production,
    };
}

public sealed class OfficeSection
{
    public required string Code { get; init; }

    public required string JapaneseName { get; init; }

    public required string EnglishName { get; init; }

    /// <summary>When it takes applications; when absent, as at Akishima.</summary>
    public HoursSection? Hours { get; init; }

    /// <exception cref="FormatException">A code or a time is malformed.</exception>
    /// <exception cref="ArgumentException">It closes before it opens.</exception>
    public Office ToOffice() => new(OfficeCode.Parse(Code), JapaneseName, EnglishName)
    {
        Hours = Hours?.ToHours(Code) ?? ReceptionHours.Akishima,
    };
}

/// <summary>受付時間 of an office on its working days; the days themselves are the law's.</summary>
public sealed class HoursSection
{
    /// <summary>JST, <c>HH:mm</c>, inclusive.</summary>
    public string? Opens { get; init; }

    /// <summary>JST, <c>HH:mm</c>, exclusive.</summary>
    public string? Closes { get; init; }

    /// <inheritdoc cref="OfficeSection.ToOffice" path="/exception"/>
    public ReceptionHours ToHours(string office)
    {
        if (!TryTime(Opens, out var opens) || !TryTime(Closes, out var closes))
            throw new FormatException($"Office {office}: Hours: write both Opens and Closes as HH:mm, such as 08:30.");
        return opens < closes ? new ReceptionHours(opens, closes) : throw new ArgumentException($"Office {office}: Hours: Opens must be earlier than Closes.");
    }

    private static bool TryTime(string? text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}

public sealed class RuleSetSection
{
    /// <summary>First day, inclusive.</summary>
    public DateOnly From { get; init; }

    public required string Name { get; init; }
}
