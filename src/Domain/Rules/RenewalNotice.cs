namespace Jpki.Domain.Rules;

/// <summary>
/// 有効期間満了のお知らせ: a holder is told of the coming end once, three months ahead, which is when renewal opens by the national wording (S10):
/// the day after (last day − 3 months, clipped to the month's end).
/// </summary>
public static class RenewalNotice
{
    private const int MonthsAhead = 3;

    /// <summary>The day from which on the notice is due.</summary>
    /// <param name="lastDay">Last day of the certificate's validity, inclusive.</param>
    public static DateOnly DueOn(DateOnly lastDay) => lastDay.AddMonths(-MonthsAhead).AddDays(1);

    /// <summary>A day that no last day lies beyond whose notice is due by <paramref name="day"/>: for narrowing a search, not for deciding.</summary>
    public static DateOnly HorizonOf(DateOnly day) => day.AddMonths(MonthsAhead).AddDays(3);
}
