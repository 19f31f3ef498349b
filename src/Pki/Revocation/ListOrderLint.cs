using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Revocation;

/// <summary>作成指図の検査: whether an order can give a sound list, asked before anything is written.</summary>
internal static class ListOrderLint
{
    public static IReadOnlyList<LintFinding> Check(RevocationListOrder order, Authority authority) =>
    [
        .. Found(!OrderLint.IsLocality(order.PrefectureRoman) || !OrderLint.IsLocality(order.MunicipalityRoman), "locality",
            "A locality is 1 to 128 printable ASCII characters."),
        .. Found(order.Number < 1, "crl-number", "Numbers begin at 1."),
        .. Found(order.BaseNumber < 1 || order.BaseNumber >= order.Number, "delta-crl-indicator", "A delta adds to a list published before it."),
        .. Found(order.ThisUpdate.Ticks % TimeSpan.TicksPerSecond != 0 || order.ThisUpdate < authority.NotBefore, "this-update",
            "A list is of a whole second, and not older than its authority."),
        .. Found(order.NextUpdate.Ticks % TimeSpan.TicksPerSecond != 0 || order.NextUpdate <= order.ThisUpdate, "next-update",
            "The next list is due at a whole second after this one."),
    ];

    private static LintFinding[] Found(bool departs, string code, string detail) => departs ? [new(code, detail)] : [];
}
