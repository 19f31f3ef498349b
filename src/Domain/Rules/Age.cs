namespace Jpki.Domain.Rules;

/// <summary>
/// 年齢: age by law. 年齢計算ニ関スル法律 (明治35年法律第50号) counts from the day of birth, and 民法第143条 ends the year with the day before
/// the one that corresponds: an age is reached at 24:00 of the day before the birthday. Read in whole days it is reached on the birthday; a
/// 29 February birth reaches it as 28 February ends, on 1 March in common years (docs/decisions/0007-when-an-age-is-reached.md).
/// </summary>
public static class Age
{
    /// <summary>15歳: the youngest age, in full years, at which a signature certificate is issued (S24, the city's page of 2018-09-28).</summary>
    public const int SignatureMinimum = 15;

    /// <summary>満年齢: full years reached by the first instant (00:00 JST) of a day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies before the birth, where nobody has an age.</exception>
    public static int On(DateOnly birthDate, DateOnly day)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(day, birthDate);
        var years = day.Year - birthDate.Year;
        return day < DayReached(birthDate, years) ? years - 1 : years;
    }

    /// <summary>年齢に達する日: the first day lived at an age, in full years.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="years"/> is negative.</exception>
    public static DateOnly DayReached(DateOnly birthDate, int years)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(years);

        // AddYears falls back to 28 February, the day the year of life is completed on; the next one is the first lived at the new age.
        var anniversary = birthDate.AddYears(years);
        return anniversary.Day == birthDate.Day ? anniversary : anniversary.AddDays(1);
    }
}
