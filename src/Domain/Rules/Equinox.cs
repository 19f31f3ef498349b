namespace Jpki.Domain.Rules;

/// <summary>
/// 春分日・秋分日: the days of the equinoxes in Japan, by the approximation of 暦計算研究会編『新こよみ便利帳』, which holds for 1900–2099: an
/// equinox moves on by 0.242194 days a year and back by one with each leap day. What binds is the announcement in 官報 each February (暦要項).
/// </summary>
internal static class Equinox
{
    private const int FirstYear = 1900;
    private const int LastYear = 2099;

    private const decimal YearBeyond365Days = 0.242194m;

    /// <summary>Day of March.</summary>
    public static int VernalDay(int year) => Day(year, until1979: 20.8357m, since1980: 20.8431m);

    /// <summary>Day of September.</summary>
    public static int AutumnalDay(int year) => Day(year, until1979: 23.2588m, since1980: 23.2488m);

    private static int Day(int year, decimal until1979, decimal since1980)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, FirstYear);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, LastYear);

        // Both divisions truncate toward zero, as the formula asks: before 1980 leap days are counted backwards from 1979.
        var (day, leapDays) = year < 1980 ? (until1979, (year - 1983) / 4) : (since1980, (year - 1980) / 4);
        return (int)(day + (YearBeyond365Days * (year - 1980)) - leapDays);
    }
}
