using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>市区町村コード: the five digits of JIS X 0401/0402 without the check digit, e.g. 13207 for Akishima.</summary>
public readonly record struct MunicipalityCode : IParsable<MunicipalityCode>
{
    private const int Length = 5;

    private MunicipalityCode(string value) => Value = value;

    /// <summary>The 5 digits.</summary>
    public string Value => field ?? throw new InvalidOperationException("A MunicipalityCode must be parsed, not defaulted.");

    /// <exception cref="FormatException">The text is not exactly 5 ASCII digits.</exception>
    public static MunicipalityCode Parse(string s, IFormatProvider? provider = null) => new(DigitString.Require(s, Length, nameof(MunicipalityCode)));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MunicipalityCode result)
    {
        result = DigitString.Is(s, Length) ? new(s!) : default;
        return result != default;
    }

    public override string ToString() => Value;
}
