using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>窓口コード: an office that issues: five digits of the municipality and four of the office, e.g. 132070001.</summary>
public readonly record struct OfficeCode : IParsable<OfficeCode>
{
    private const int Length = 9;

    private OfficeCode(string value) => Value = value;

    /// <summary>The 9 digits, as they stand at the end of a certificate's common name.</summary>
    public string Value => field ?? throw new InvalidOperationException("An OfficeCode must be parsed, not defaulted.");

    public MunicipalityCode Municipality => MunicipalityCode.Parse(Value[..5]);

    /// <exception cref="FormatException">The text is not exactly 9 ASCII digits.</exception>
    public static OfficeCode Parse(string s, IFormatProvider? provider = null) => new(DigitString.Require(s, Length, nameof(OfficeCode)));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OfficeCode result)
    {
        result = DigitString.Is(s, Length) ? new(s!) : default;
        return result != default;
    }

    public override string ToString() => Value;
}
