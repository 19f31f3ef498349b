using Jpki.Audit.Replay;
using Jpki.Audit.Tool.Console;
using Jpki.Domain.Residents;

namespace Jpki.Audit.Tool.Commands;

/// <summary>Replays as people read them.</summary>
internal static class ReplayText
{
    public static void Show(Screen screen, IReadOnlyList<Act> acts, ResidentView view)
    {
        screen.Table(Headings(screen), acts.Select(act => Cells(screen, act)));
        Show(screen, view.Attributes, view.Removal, view.Card, view.Certificates);
    }

    public static void Show(Screen screen, TwoTimes seen)
    {
        screen.Line(
            $"{seen.Resident}: {Values.Show(seen.AsOf)}の状態（{Values.Show(seen.KnownAt)}に知られていたところ、第{seen.Version}版まで）",
            $"{seen.Resident} as it was on {Values.Show(seen.AsOf)}, as known at {Values.Show(seen.KnownAt)} (up to version {seen.Version})");
        screen.Line(
            seen.AttributesSince is { } since ? $"4情報は{Values.Show(since)}から" : "4情報は知られていない",
            seen.AttributesSince is { } day ? $"Attributes so since {Values.Show(day)}" : "No attributes known of that day");
        if (seen.IsWard)
            screen.Line("成年被後見人", "Adult ward");
        Show(screen, seen.Attributes, seen.Removal, seen.Card, seen.Certificates);
    }

    public static void Show(Screen screen, IReadOnlyDictionary<string, long> counts, TownCount? town)
    {
        screen.Table([screen.Say("出来事", "Event"), screen.Say("件数", "Count")], counts.Select(each => (string[])[each.Key, Number(each.Value)]));
        if (town is null)
            return;
        screen.Line(
            $"住民{town.Registered}人（消除{town.Gone}人）、カード{town.Cards}枚", $"{town.Registered} residents ({town.Gone} gone), {town.Cards} cards");
        screen.Table(
            [screen.Say("種類", "Kind"), screen.Say("状態", "Status"), screen.Say("枚数", "Count")],
            from kind in town.Certificates from status in kind.Value select (string[])[kind.Key.ToString(), status.Key.ToString(), Number(status.Value)]);
    }

    /// <summary>Headings of lines that come one by one, for lists that are too long to be held.</summary>
    public static void Head(Screen screen) => screen.Raw(string.Join('\t', Headings(screen)) + "\n");

    public static void Row(Screen screen, Act act) => screen.Raw(string.Join('\t', Cells(screen, act)) + "\n");

    private static void Show(
        Screen screen, Domain.FourAttributes? attributes, RemovalView? removal, CardView? card, IReadOnlyList<CertificateView> certificates)
    {
        if (attributes is not null)
            screen.Line(
                $"{attributes.Name}、{attributes.Address}、{Values.Show(attributes.BirthDate)}、{attributes.Sex}",
                $"{attributes.Name}, {attributes.Address}, {Values.Show(attributes.BirthDate)}, {attributes.Sex}");
        if (removal is not null)
            screen.Line($"消除: {removal.Cause} {Values.Show(removal.OccurredOn)}", $"Removed: {removal.Cause} {Values.Show(removal.OccurredOn)}");
        if (card is not null)
            screen.Line($"カード{card.Serial}（{Values.Show(card.ExpiresOn)}まで）", $"Card {card.Serial}, until {Values.Show(card.ExpiresOn)}");
        if (certificates.Count > 0)
            screen.Table(
                [screen.Say("発行番号", "Serial"), screen.Say("種類", "Kind"), screen.Say("状態", "Status"), screen.Say("満了", "Until"), screen.Say("失効の理由", "Cause")],
                certificates.Select(each => (string[])
                    [each.Serial.Value, each.Kind.ToString(), each.Status.ToString(), Values.Show(each.NotAfter), each.Cause?.ToString() ?? ""]));
    }

    private static string[] Headings(Screen screen) =>
    [
        screen.Say("住民", "Resident"), screen.Say("版", "Version"), screen.Say("日時", "At"), screen.Say("出来事", "Event"),
        screen.Say("命令", "Command"), screen.Say("行為者", "By"), screen.Say("窓口", "Office"), screen.Say("適用規則", "Rules"),
    ];

    private static string[] Cells(Screen screen, Act act) =>
    [
        act.Resident?.Value ?? "", Number(act.Version), Values.Show(act.At), screen.Say(act.Japanese, act.Type), act.Command,
        act.Subject, act.Office?.Value ?? "", act.RuleSet,
    ];

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
