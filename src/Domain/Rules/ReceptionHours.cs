using System.Globalization;

namespace Jpki.Domain.Rules;

/// <summary>受付時間: when a counter takes applications (S15): Monday to Friday, except holidays and 29 December to 3 January.</summary>
/// <param name="Opens">JST, inclusive.</param>
/// <param name="Closes">
/// JST, exclusive, later than <paramref name="Opens"/>: at 16:30:00 it is too late for hours "until 16:30". The page leaves that second open.
/// </param>
public sealed record ReceptionHours(TimeOnly Opens, TimeOnly Closes)
{
    private const string DaysOfTheWeek = "日月火水木金土";

    /// <summary>昭島市: both offices of the city (the page of 2018-09-28).</summary>
    public static readonly ReceptionHours Akishima = new(new TimeOnly(8, 30), new TimeOnly(16, 30));

    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="JapaneseHolidays.LastKnownDay"/>.</exception>
    public bool IsOpen(DateTimeOffset at)
    {
        var time = Jst.TimeOf(at);
        return IsReceptionDay(Jst.DayOf(at)) && Opens <= time && time < Closes;
    }

    /// <summary>Null while open; otherwise <c>OutsideReceptionHours</c>, which tells when to come.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="JapaneseHolidays.LastKnownDay"/>.</exception>
    public Refusal? Check(DateTimeOffset at) => IsOpen(at) ? null : OutsideReceptionHours(NextOpening(at));

    /// <summary>次の受付開始: the first start of reception strictly after an instant, in JST; while open, that of a later day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies after <see cref="JapaneseHolidays.LastKnownDay"/>.</exception>
    public DateTimeOffset NextOpening(DateTimeOffset at)
    {
        var day = Jst.DayOf(at);
        while (!IsReceptionDay(day) || Jst.At(day, Opens) <= at)
            day = day.AddDays(1);

        return Jst.At(day, Opens);
    }

    private static bool IsReceptionDay(DateOnly day) => !ClosedDays.IsTurnOfTheYear(day) && !ClosedDays.IsWeekendOrHoliday(day);

    private Refusal OutsideReceptionHours(DateTimeOffset next) => new(
        "OutsideReceptionHours",
        "S15",
        RefusalNature.RuleBroken,
        string.Create(CultureInfo.InvariantCulture,
            $"受付時間外です。次の受付は{next:yyyy年M月d日}（{DaysOfTheWeek[(int)next.DayOfWeek]}）{Opens:HH:mm}からです。"
            + $"受付時間は平日{Opens:HH:mm}〜{Closes:HH:mm}（土曜・日曜・祝日・12月29日〜1月3日を除く）です。"),
        string.Create(CultureInfo.InvariantCulture,
            $"The counter is closed. It next opens on {next:dddd, d MMMM yyyy} at {Opens:HH:mm}. Reception hours are Monday to Friday, "
            + $"{Opens:HH:mm} to {Closes:HH:mm} JST, except public holidays and 29 December to 3 January."));
}
