namespace Jpki.Domain.Rules;

/// <summary>問い合わせ受付時間: when enquiries are answered by telephone (S34). Loss reports are taken at any hour (S30).</summary>
public static class ContactHours
{
    /// <summary>On every day that is open at all.</summary>
    public static readonly TimeOnly Opens = new(9, 30);

    public static readonly TimeOnly ClosesOnWeekdays = new(20, 0);

    public static readonly TimeOnly ClosesOnWeekendsAndHolidays = new(17, 30);

    /// <summary>
    /// Weekdays 9:30–20:00, Saturdays, Sundays and holidays 9:30–17:30 JST, start inclusive, end exclusive; closed 29 December to 3 January.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="JapaneseHolidays.LastKnownDay"/>.</exception>
    public static bool IsOpen(DateTimeOffset at)
    {
        var (day, time) = (Jst.DayOf(at), Jst.TimeOf(at));
        if (ClosedDays.IsTurnOfTheYear(day)) return false;

        var closes = ClosedDays.IsWeekendOrHoliday(day) ? ClosesOnWeekendsAndHolidays : ClosesOnWeekdays;
        return Opens <= time && time < closes;
    }
}
