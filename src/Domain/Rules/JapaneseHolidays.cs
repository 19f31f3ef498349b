using System.Collections.Frozen;

namespace Jpki.Domain.Rules;

/// <summary>
/// 国民の祝日: national holidays, derived from 国民の祝日に関する法律 (昭和23年法律第178号) with all its amendments, and from the special acts that
/// made or moved single days. Known from the law's first day, 1948-07-20, until <see cref="LastKnownDay"/>.
/// </summary>
/// <remarks>
/// The law as it stands today is applied to coming years. An equinox is announced only in the February before its year; later ones are
/// the forecast of <see cref="Equinox"/>.
/// </remarks>
public static class JapaneseHolidays
{
    /// <summary>The last day answered for, inclusive: the equinox formula ends there.</summary>
    public static readonly DateOnly LastKnownDay = new(2099, 12, 31);

    private const int Always = 2099;

    /// <summary>第3条第2項, in force since 昭和48年法律第10号.</summary>
    private static readonly DateOnly SubstitutesSince = new(1973, 4, 12);

    /// <summary>第3条第3項, in force since 昭和60年法律第103号.</summary>
    private static readonly DateOnly SandwichedSince = new(1985, 12, 27);

    /// <summary>第2条 through the years, and the special acts. A changed law is a changed row.</summary>
    private static readonly Row[] Rows =
    [
        new("元日", 1949, Always, Fixed(1, 1)),
        new("成人の日", 1949, 1999, Fixed(1, 15)),
        new("成人の日", 2000, Always, Monday(2, 1)),
        new("建国記念の日", 1967, Always, Fixed(2, 11)),
        new("天皇誕生日", 1949, 1988, Fixed(4, 29)),
        new("天皇誕生日", 1989, 2018, Fixed(12, 23)),
        new("天皇誕生日", 2020, Always, Fixed(2, 23)),
        new("春分の日", 1949, Always, year => new(year, 3, Equinox.VernalDay(year))),
        new("みどりの日", 1989, 2006, Fixed(4, 29)),
        new("みどりの日", 2007, Always, Fixed(5, 4)),
        new("昭和の日", 2007, Always, Fixed(4, 29)),
        new("憲法記念日", 1949, Always, Fixed(5, 3)),
        new("こどもの日", 1949, Always, Fixed(5, 5)),
        new("海の日", 1996, 2002, Fixed(7, 20)),
        new("海の日", 2003, 2019, Monday(3, 7)),
        new("海の日", 2020, 2020, Fixed(7, 23)),
        new("海の日", 2021, 2021, Fixed(7, 22)),
        new("海の日", 2022, Always, Monday(3, 7)),
        new("山の日", 2016, 2019, Fixed(8, 11)),
        new("山の日", 2020, 2020, Fixed(8, 10)),
        new("山の日", 2021, 2021, Fixed(8, 8)),
        new("山の日", 2022, Always, Fixed(8, 11)),
        new("敬老の日", 1966, 2002, Fixed(9, 15)),
        new("敬老の日", 2003, Always, Monday(3, 9)),
        new("秋分の日", 1948, Always, year => new(year, 9, Equinox.AutumnalDay(year))),
        new("体育の日", 1966, 1999, Fixed(10, 10)),
        new("体育の日", 2000, 2019, Monday(2, 10)),
        new("スポーツの日", 2020, 2020, Fixed(7, 24)),
        new("スポーツの日", 2021, 2021, Fixed(7, 23)),
        new("スポーツの日", 2022, Always, Monday(2, 10)),
        new("文化の日", 1948, Always, Fixed(11, 3)),
        new("勤労感謝の日", 1948, Always, Fixed(11, 23)),
        new("皇太子明仁親王の結婚の儀", 1959, 1959, Fixed(4, 10)),
        new("昭和天皇の大喪の礼", 1989, 1989, Fixed(2, 24)),
        new("即位礼正殿の儀", 1990, 1990, Fixed(11, 12)),
        new("皇太子徳仁親王の結婚の儀", 1993, 1993, Fixed(6, 9)),
        new("天皇の即位の日", 2019, 2019, Fixed(5, 1)),
        new("即位礼正殿の儀", 2019, 2019, Fixed(10, 22)),
    ];

    private static readonly FrozenDictionary<DateOnly, string> Named = Rows
        .SelectMany(row => Enumerable.Range(row.From, row.Until - row.From + 1).Select(year => (Day: row.DayIn(year), row.Name)))
        .ToFrozenDictionary(holiday => holiday.Day, holiday => holiday.Name);

    /// <summary>
    /// 祝日の名称: the Japanese name of a holiday; 振替休日 and 国民の休日, which the law leaves nameless (休日), by their usual names; null on
    /// any other day, and on every day before the law.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="LastKnownDay"/>.</exception>
    public static string? NameOn(DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(day, LastKnownDay);
        return Named.GetValueOrDefault(day)
            ?? (IsSubstitute(day) ? "振替休日" : IsSandwiched(day) ? "国民の休日" : null);
    }

    /// <summary>休日: whether a day is a holiday by the law. Sundays as such are not.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="LastKnownDay"/>.</exception>
    public static bool IsHoliday(DateOnly day) => NameOn(day) is not null;

    /// <summary>
    /// 振替休日: the first day after a Sunday holiday that is no holiday itself. Until 2006 the law said "the day after"; that is the same
    /// day, since before 2007 no holiday ever fell on the Monday after a Sunday holiday.
    /// </summary>
    private static bool IsSubstitute(DateOnly day)
    {
        if (day < SubstitutesSince) return false;

        for (var before = day.AddDays(-1); Named.ContainsKey(before); before = before.AddDays(-1))
        {
            if (before.DayOfWeek == DayOfWeek.Sunday) return true;
        }

        return false;
    }

    /// <summary>
    /// 国民の休日: a day between two holidays. Until 2006 the law excepted Sundays (4 May 1986 and 1997); since 2007 no Sunday lies so.
    /// </summary>
    private static bool IsSandwiched(DateOnly day) =>
        day >= SandwichedSince
        && day.DayOfWeek != DayOfWeek.Sunday
        && Named.ContainsKey(day.AddDays(-1))
        && Named.ContainsKey(day.AddDays(1));

    private static Func<int, DateOnly> Fixed(int month, int day) => year => new(year, month, day);

    private static Func<int, DateOnly> Monday(int nth, int month) => year =>
    {
        var first = new DateOnly(year, month, 1);
        var toMonday = ((int)DayOfWeek.Monday - (int)first.DayOfWeek + 7) % 7;
        return first.AddDays(toMonday + (7 * (nth - 1)));
    };

    /// <summary>A holiday on one rule of the calendar, in the years from–until, both inclusive.</summary>
    private sealed record Row(string Name, int From, int Until, Func<int, DateOnly> DayIn);
}
