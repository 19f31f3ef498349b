using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;
using Jpki.Pki.Orders;
using Jpki.Pki.Requests;

namespace Jpki.Pki.Profiles;

/// <summary>発行指図の検査: whether an order can give a sound certificate, asked before signing because a signature cannot be taken back.</summary>
internal static class OrderLint
{
    private const int LongestLocality = 128; // RFC 5280 appendix A.1, ub-locality-name
    private const int OfficeDigits = 9;
    private const int OpaqueLength = 14;
    private const int TimeDigits = 14;
    private const int SequenceLength = 5;

    public static IReadOnlyList<LintFinding> Check(CertificateOrder order, Authority authority) =>
    [
        .. Validity(order, authority),
        .. Found(!IsLocality(order.PrefectureRoman) || !IsLocality(order.MunicipalityRoman), "locality",
            "A locality is 1 to 128 printable ASCII characters."),
        .. Found(!IsCommonName(order), "common-name", "The common name does not have the form of its kind."),
        .. Found(SubjectKey.Parse(order.SubjectPublicKeyInfo.Span) is not SubjectKey.Fit, "subject-public-key",
            "The key is not RSA-2048 with exponent 65537 in DER."),
        .. Found((order.Kind == CertificateKind.Signature) != (order.Holder is not null), "holder",
            "A signature certificate carries the four attributes, the other kind never does."),
        .. order.Holder is { } holder ? Attributes(holder) : [],
    ];

    private static IEnumerable<LintFinding> Validity(CertificateOrder order, Authority authority) =>
    [
        .. Found(order.NotBefore.Ticks % TimeSpan.TicksPerSecond != 0, "not-before", "Validity begins at a whole second."),
        .. Found(order.NotAfter != Jst.EndOf(Jst.DayOf(order.NotAfter)), "not-after", "Validity ends at 23:59:59 JST."),
        .. Found(order.NotAfter <= order.NotBefore, "validity", "Validity ends before it begins."),
        // A chain whose issuer is not valid at both ends would stop verifying early.
        .. Found(order.NotBefore < authority.NotBefore || order.NotAfter > authority.NotAfter, "authority-validity",
            "The certificate would outlive, or be older than, the authority's."),
    ];

    internal static bool IsLocality(string name) => name.Length is > 0 and <= LongestLocality && name.All(each => each is >= ' ' and <= '~');

    private static bool IsCommonName(CertificateOrder order)
    {
        var name = order.CommonName;
        var length = order.Kind == CertificateKind.Signature ? TimeDigits + SequenceLength + OfficeDigits : OpaqueLength + OfficeDigits;
        return name.Length == length
            && name.All(char.IsAsciiLetterOrDigit)
            && name[^OfficeDigits..].All(char.IsAsciiDigit)
            && name[^OfficeDigits..].StartsWith(order.Municipality.Value, StringComparison.Ordinal)
            && (order.Kind != CertificateKind.Signature || name[..TimeDigits].All(char.IsAsciiDigit));
    }

    private static IEnumerable<LintFinding> Attributes(CertifiedHolder holder) =>
    [
        .. Text(holder.Name, holder.NameSubstitutes, "holder-name"),
        .. Text(holder.Address, holder.AddressSubstitutes, "holder-address"),
        .. Found(holder.BirthDate < JapaneseEra.FirstDay, "holder-birth-date", "No era digit exists for the date of birth."),
        .. Found(!Enum.IsDefined(holder.Sex), "holder-sex", "Sex is 1, 2 or 3."),
    ];

    private static IEnumerable<LintFinding> Text(string value, string substitutes, string code) =>
    [
        .. Found(value.Length == 0 || value.EnumerateRunes().Any(each => !Repertoire.Contains(each)), code,
            "Empty, or a character lies outside JIS X 0208 and JIS X 0212."),
        .. Found(
            substitutes.Length != value.EnumerateRunes().Count() || substitutes.Any(each => each is not ('0' or '1')),
            code + "-substitutes",
            "The map has one digit, 0 or 1, for each character."),
    ];

    private static LintFinding[] Found(bool departs, string code, string detail) => departs ? [new(code, detail)] : [];
}
