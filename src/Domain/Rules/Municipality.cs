using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Rules;

/// <summary>窓口: an office that issues (S14).</summary>
public sealed record Office(OfficeCode Code, string JapaneseName, string EnglishName)
{
    /// <summary>When it takes applications (S15).</summary>
    public ReceptionHours Hours { get; init; } = ReceptionHours.Akishima;
}

/// <summary>A rule set in force from a day on, until the next one's day.</summary>
/// <param name="From">First day, inclusive.</param>
public sealed record RuleSetInForce(DateOnly From, RuleSet RuleSet);

/// <summary>市区町村: a municipality as configured: its offices, and which rules hold from when.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Prefecture">Its prefecture, in Japanese.</param>
/// <param name="JapaneseName">Its name, in Japanese.</param>
/// <param name="EnglishPrefecture">The prefecture in Roman letters, as certificates carry it (L=Tokyo-to).</param>
/// <param name="EnglishName">The name in Roman letters, as certificates carry it (L=Akishima-shi).</param>
/// <param name="Offices">Where issuing happens.</param>
/// <param name="RuleSets">By day, ascending, at least one.</param>
public sealed record Municipality(
    MunicipalityCode Code,
    string Prefecture,
    string JapaneseName,
    string EnglishPrefecture,
    string EnglishName,
    IReadOnlyList<Office> Offices,
    IReadOnlyList<RuleSetInForce> RuleSets)
{
    /// <summary>Whether procedures are refused without images of both sides of the identity document (S26).</summary>
    public bool RequireDocumentImages { get; init; }

    /// <summary>The set in force on a day; before the first configured day, the first.</summary>
    public RuleSet RuleSetOn(DateOnly day) => (RuleSets.LastOrDefault(set => set.From <= day) ?? RuleSets[0]).RuleSet;

    /// <summary>The office of this code, or none.</summary>
    public Office? Find(OfficeCode office) => Offices.FirstOrDefault(each => each.Code == office);

    public bool Has(OfficeCode office) => Find(office) is not null;
}
