namespace Jpki.Domain;

/// <summary>
/// 基本4情報: name, address, date of birth and sex as the registry has them. Personal data: it stands in events and certificates only,
/// never in logs, URLs or error texts, which is why <see cref="ToString"/> tells nothing.
/// </summary>
/// <param name="Name">氏名, as in the registry, 1–100 characters.</param>
/// <param name="Address">住所, with prefecture, 1–200 characters.</param>
/// <param name="BirthDate">生年月日.</param>
/// <param name="Sex">性別.</param>
public sealed record FourAttributes(string Name, string Address, DateOnly BirthDate, Sex Sex)
{
    /// <summary>Which of the four differ; empty when none does.</summary>
    public IReadOnlyList<AttributeKind> DifferencesFrom(FourAttributes other) =>
    [
        .. Name == other.Name ? [] : new[] { AttributeKind.Name },
        .. Address == other.Address ? [] : new[] { AttributeKind.Address },
        .. BirthDate == other.BirthDate ? [] : new[] { AttributeKind.BirthDate },
        .. Sex == other.Sex ? [] : new[] { AttributeKind.Sex },
    ];

    public override string ToString() => "FourAttributes(…)";
}
