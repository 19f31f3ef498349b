using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>
/// 異動番号: the registry's own number of one change of one resident, e.g. <c>13207-2026-000123</c>: municipality code, year, and six
/// digits of its own. It is never given twice, so a change delivered again is recognised by it.
/// </summary>
public readonly record struct ChangeNumber : IParsable<ChangeNumber>
{
    private const int MunicipalityLength = 5;
    private const int YearLength = 4;
    private const int LocalLength = 6;

    private ChangeNumber(string value) => Value = value;

    /// <summary>Five digits, a hyphen, four digits, a hyphen, six digits.</summary>
    public string Value => field ?? throw new InvalidOperationException("A ChangeNumber must be parsed, not defaulted.");

    public MunicipalityCode Municipality => MunicipalityCode.Parse(Value[..MunicipalityLength]);

    /// <exception cref="FormatException">The text is not five, four and six digits with hyphens between.</exception>
    public static ChangeNumber Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var number) ? number : throw new FormatException("A ChangeNumber is five, four and six digits with hyphens between.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ChangeNumber result)
    {
        var wellFormed = s?.Split('-') is [var municipality, var year, var local]
            && DigitString.Is(municipality, MunicipalityLength) && DigitString.Is(year, YearLength) && DigitString.Is(local, LocalLength);
        result = wellFormed ? new(s!) : default;
        return wellFormed;
    }

    public override string ToString() => Value;
}
