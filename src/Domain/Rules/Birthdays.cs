namespace Jpki.Domain.Rules;

/// <summary>
/// 誕生日: the birthdays that end a certificate's validity (S10, S13). A 29 February birth counts as 28 February in common years
/// (docs/decisions/0006-leap-day-births.md); ages are reckoned otherwise, see <see cref="Age"/>.
/// </summary>
public static class Birthdays
{
    /// <summary>The birthday that falls in a calendar year.</summary>
    /// <param name="birthDate">生年月日</param>
    /// <param name="year">1 to 9999; years before the birth have one too, by the calendar alone.</param>
    public static DateOnly InYear(DateOnly birthDate, int year) =>
        new(year, birthDate.Month, Math.Min(birthDate.Day, DateTime.DaysInMonth(year, birthDate.Month)));

    /// <summary>次の誕生日: the first birthday strictly after a day. On a birthday itself it is the one a year later.</summary>
    public static DateOnly NextAfter(DateOnly birthDate, DateOnly day)
    {
        var thisYear = InYear(birthDate, day.Year);
        return thisYear > day ? thisYear : InYear(birthDate, day.Year + 1);
    }

    /// <summary>n回目の誕生日: the n-th birthday strictly after a day.</summary>
    /// <param name="birthDate">生年月日</param>
    /// <param name="after">The day counted from; itself not counted (S10).</param>
    /// <param name="n">1 is <see cref="NextAfter"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="n"/> is less than 1.</exception>
    public static DateOnly Nth(DateOnly birthDate, DateOnly after, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return InYear(birthDate, NextAfter(birthDate, after).Year + n - 1);
    }
}
