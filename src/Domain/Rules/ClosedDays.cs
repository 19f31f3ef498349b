namespace Jpki.Domain.Rules;

/// <summary>
/// 閉庁日: days on which a town hall is closed (地方自治法第4条の2第2項: weekends, holidays, and the turn of the year as the municipality sets it).
/// </summary>
internal static class ClosedDays
{
    /// <summary>年末年始: 29 December to 3 January, both inclusive (S15, S34).</summary>
    public static bool IsTurnOfTheYear(DateOnly day) => day is { Month: 12, Day: >= 29 } or { Month: 1, Day: <= 3 };

    /// <summary>土曜日・日曜日・祝日</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="JapaneseHolidays.LastKnownDay"/>.</exception>
    public static bool IsWeekendOrHoliday(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || JapaneseHolidays.IsHoliday(day);
}
