using Jpki.Domain.Rules;

namespace Jpki.TownHall.Day;

/// <summary>
/// The played days: each run takes the next Monday that is no holiday, so that a ledger used again only ever goes forward.
/// </summary>
internal static class Mondays
{
    private static readonly DateOnly _firstMonday = new(2026, 6, 1);
    private static readonly TimeOnly _opening = new(8, 40);

    /// <param name="number">From 1.</param>
    public static DateTimeOffset Morning(int number)
    {
        var monday = _firstMonday;
        for (var played = 1; played < number || JapaneseHolidays.IsHoliday(monday) || JapaneseHolidays.IsHoliday(monday.AddDays(1)); monday = monday.AddDays(7))
        {
            if (!JapaneseHolidays.IsHoliday(monday) && !JapaneseHolidays.IsHoliday(monday.AddDays(1)))
                played++;
        }

        return Jst.At(monday, _opening);
    }
}
