using System.Globalization;

namespace Jpki.Benchmarks.Nation;

/// <summary>
/// 全国の一日: what a nation's renewals ask of the back office at their busiest, and what one silo with one database gives. docs/performance.md shows
/// its rows; a test keeps them equal.
/// </summary>
internal static class NationPlan
{
    private const long Holders = 100_000_000;
    private const long ExpiriesAYear = 28_000_000;
    private const int CommandsOfARenewal = 5;
    private const int EventsOfARenewal = 10;
    private const int SignaturesOfARenewal = 2;
    private const int EventsOfALife = 15;
    private const int WorkingDays = 243;
    private const double ShareOfPeakHour = 0.2;
    private const double BusiestDay = 2.0;
    private const double OtherCommands = 3.0;
    private const int OctetsOfAnEvent = 972;
    private const int CommandsASecond = 1_500;
    private const int CertificatesASecond = 364;
    private const int KibiOfAResident = 3;
    private const int MinutesInMemory = 15;
    private const int Years = 10;
    private const int GigaOfADatabase = 250;
    private const double Giga = 1e9;

    private static double RenewalsInPeakHour => ExpiriesAYear / (double)WorkingDays * BusiestDay * ShareOfPeakHour;

    private static double CommandsAtPeak => RenewalsInPeakHour * CommandsOfARenewal * OtherCommands / 3600;

    private static double SignaturesAtPeak => RenewalsInPeakHour * SignaturesOfARenewal / 3600;

    private static double GigaAtFirst => Holders * (double)EventsOfALife * OctetsOfAnEvent / Giga;

    private static double GigaAYear => ExpiriesAYear * (double)EventsOfARenewal * OctetsOfAnEvent * OtherCommands / Giga;

    /// <summary>What, how much, and where it comes from.</summary>
    public static IReadOnlyList<(string What, string HowMuch, string Source)> Rows { get; } =
    [
        ("card holders", N(Holders), "given"),
        ("certificates' ends a year, each a renewal", N(ExpiriesAYear), "given"),
        ("commands of a renewal", N(CommandsOfARenewal), "apply; request and confirm for each of two certificates"),
        ("events of a renewal", N(EventsOfARenewal), "applied, fee; ordered, issued, confirmed, old one revoked for each of two"),
        ("working days a year", N(WorkingDays), "assumed: 365 less weekends, holidays and the turn of the year"),
        ("share of a day in its busiest hour", N(100 * ShareOfPeakHour) + " %", "assumed: the morning peak"),
        ("busiest day against the mean", N(BusiestDay) + " ×", "assumed: March and April"),
        ("all commands against those of renewals", N(OtherCommands) + " ×", "assumed: moves, losses, PINs, new cards"),
        ("renewals in the busiest hour", N(RenewalsInPeakHour), "ends ÷ days × busiest day × share"),
        ("**commands a second then**", N(CommandsAtPeak), "renewals × commands × all commands ÷ 3,600"),
        ("**signatures a second then**", N(SignaturesAtPeak), "renewals × 2 ÷ 3,600"),
        ("commands a second of one silo and one database", N(CommandsASecond), "the lowest `commands-256` on two busy cores, before it was mended"),
        ("certificates a second of the same", N(CertificatesASecond), "`issuing-beside-cfssl`, two cores"),
        ("load of one such machine in commands", N(100 * CommandsAtPeak / CommandsASecond) + " %", "the quotient"),
        ("load of one such machine in certificates", N(100 * SignaturesAtPeak / CertificatesASecond) + " %", "the quotient"),
        ("octets of an event on disk", N(OctetsOfAnEvent), "`event-bytes`"),
        ("events of a life so far", N(EventsOfALife), "`./run city`: the mean of the invented city"),
        ("gigabytes at first", N(GigaAtFirst), "holders × events × octets"),
        ("gigabytes more a year", N(GigaAYear), "ends × events × all commands × octets"),
        ($"gigabytes after {Years} years", N(GigaAtFirst + Years * GigaAYear), "the sum"),
        ("gigabytes a database is to hold at most", N(GigaOfADatabase), "chosen: an hour's restore at 70 MB/s (assumed)"),
        ("**databases then, cut by municipality**", N(Math.Ceiling((GigaAtFirst + Years * GigaAYear) / GigaOfADatabase)), "the quotient, rounded up"),
        ("residents in memory in the busiest quarter of an hour", N(RenewalsInPeakHour * OtherCommands * MinutesInMemory / 60), "visits × 15 ÷ 60"),
        ("MiB of memory for them, all silos together", N(RenewalsInPeakHour * OtherCommands * MinutesInMemory / 60 * KibiOfAResident / 1024), "× 3 KiB, the bar"),
    ];

    /// <summary>The rows as Markdown.</summary>
    public static IEnumerable<string> Lines => Rows.Select(row => $"| {row.What} | {row.HowMuch} | {row.Source} |");

    private static string N(double value) => value.ToString(value < 10 && value != Math.Floor(value) ? "0.0" : "#,##0", CultureInfo.InvariantCulture);
}
