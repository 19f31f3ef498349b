using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>
/// 住民の識別子: municipality code and a number of the municipality's own, e.g. <c>13207-00000001</c>. It is the key of the
/// resident's event stream. The individual number (マイナンバー) is never used.
/// </summary>
public readonly record struct ResidentId : IParsable<ResidentId>
{
    private const int MunicipalityLength = 5;
    private const int LocalLength = 8;

    private ResidentId(string value) => Value = value;

    /// <summary>Five digits, a hyphen, eight digits.</summary>
    public string Value => field ?? throw new InvalidOperationException("A ResidentId must be parsed, not defaulted.");

    public MunicipalityCode Municipality => MunicipalityCode.Parse(Value[..MunicipalityLength]);

    /// <exception cref="FormatException">The text is not five digits, a hyphen and eight digits.</exception>
    public static ResidentId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A ResidentId is five digits, a hyphen and eight digits.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ResidentId result)
    {
        var wellFormed = s is { Length: MunicipalityLength + 1 + LocalLength } && s[MunicipalityLength] == '-'
            && DigitString.Is(s[..MunicipalityLength], MunicipalityLength) && DigitString.Is(s[(MunicipalityLength + 1)..], LocalLength);
        result = wellFormed ? new(s!) : default;
        return wellFormed;
    }

    public override string ToString() => Value;
}
