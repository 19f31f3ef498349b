using System.Globalization;

namespace Jpki.Pki.Profiles;

/// <summary>元号: the era digit of the date of birth in a signature certificate.</summary>
public static class JapaneseEra
{
    // 改元: the first day of each era belongs to it, though the old one's name also covers the hours before the change.
    private static readonly (DateOnly From, int Digit)[] NewestFirst =
    [
        (new(2019, 5, 1), 5),   // 令和
        (new(1989, 1, 8), 4),   // 平成
        (new(1926, 12, 25), 3), // 昭和
        (new(1912, 7, 30), 2),  // 大正
        (new(1868, 1, 25), 1),  // 明治: 1868-10-23, retroactive to the first day of that lunar year
    ];

    /// <summary>First day that can be written.</summary>
    public static readonly DateOnly FirstDay = NewestFirst[^1].From;

    /// <summary>EYYYYMMDD: era digit 1 (Meiji) to 5 (Reiwa), then the Gregorian date.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Before <see cref="FirstDay"/>.</exception>
    public static string Write(DateOnly birthDate)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(birthDate, FirstDay);
        var digit = NewestFirst.First(era => era.From <= birthDate).Digit;
        return string.Create(CultureInfo.InvariantCulture, $"{digit}{birthDate:yyyyMMdd}");
    }
}
