namespace Jpki.Domain.Rules;

/// <summary>電話番号: a telephone line with its name for people.</summary>
/// <param name="Number">As dialled within Japan, with hyphens.</param>
public sealed record TelephoneLine(string Number, string JapaneseName, string EnglishName);

/// <summary>
/// 一時停止の受付電話番号: where a lost or stolen card is reported, 24 hours on every day (S30). Published by the Digital Agency and J-LIS;
/// kept here only, so that a changed number is one changed line.
/// </summary>
public static class LossReportNumbers
{
    /// <summary>Free of charge.</summary>
    public static readonly TelephoneLine TollFree =
        new("0120-95-0178", "マイナンバー総合フリーダイヤル", "My Number toll-free line");

    /// <summary>Charged by the minute.</summary>
    public static readonly TelephoneLine CallCentre =
        new("0570-783-578", "個人番号カードコールセンター", "Individual Number Card call centre");

    /// <summary>For telephones that reach neither of the others.</summary>
    public static readonly TelephoneLine IpTelephone =
        new("050-3818-1250", "個人番号カードコールセンター（IP電話等）", "Individual Number Card call centre (IP telephones)");

    /// <summary>The three, in the order they are shown.</summary>
    public static IReadOnlyList<TelephoneLine> All { get; } = [TollFree, CallCentre, IpTelephone];
}
