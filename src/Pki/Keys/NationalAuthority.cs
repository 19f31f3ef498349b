using System.Text;

namespace Jpki.Pki.Keys;

/// <summary>
/// 地方公共団体情報システム機構: the names of the national authority, which no installation may take. A relying party that sees one of
/// them in an issuer must be looking at the real one.
/// </summary>
internal static class NationalAuthority
{
    /// <summary>Taken as a whole only: "JPKI Orleans TEST" is fine, "JPKI" is not.</summary>
    private static readonly string[] TakenAlone =
    [
        "jpki", "jpkifordigitalsignature", "jpkiforuserauthentication", "jpkioperator", "jlis", "nationaljpki", "japanpki",
        "公的個人認証サービス", "公的個人認証", "公的個人認証サービス署名用", "公的個人認証サービス利用者証明用",
    ];

    /// <summary>Taken wherever they stand in the name.</summary>
    private static readonly string[] TakenAnywhere =
    [
        "japanagencyforlocalauthorityinformationsystems", "japanesepublickeyinfrastructure", "publiccertificationserviceforindividuals",
        "地方公共団体情報システム機構", "地方自治情報センター",
    ];

    public static bool IsImpersonatedBy(string name)
    {
        var folded = Fold(name);
        return folded.Length == 0
            || TakenAlone.Contains(folded, StringComparer.Ordinal)
            || TakenAnywhere.Any(taken => folded.Contains(taken, StringComparison.Ordinal));
    }

    /// <summary>Letters and digits only, full-width as half-width, in one case: what a reader takes two names to be.</summary>
    private static string Fold(string name)
    {
        const int fullWidthOffset = 0xFEE0;
        var folded = new StringBuilder(name.Length);
        foreach (var each in name)
        {
            var halfWidth = each is >= '\uFF01' and <= '\uFF5E' ? (char)(each - fullWidthOffset) : each;
            if (char.IsLetterOrDigit(halfWidth))
                folded.Append(char.ToLowerInvariant(halfWidth));
        }

        return folded.ToString();
    }
}
