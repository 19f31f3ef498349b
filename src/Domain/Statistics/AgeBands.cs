using System.Globalization;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Statistics;

/// <summary>年齢階級: bands of full years for planning; the first ends where signature certificates begin (S24).</summary>
public static class AgeBands
{
    private static readonly int[] _from = [0, Age.SignatureMinimum, 20, 30, 40, 50, 60, 70, 80, 90];

    /// <summary>Names by place, the youngest first, e.g. <c>15-19</c>; the last is open.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. _from.Zip(_from.Skip(1), (from, next) => string.Create(CultureInfo.InvariantCulture, $"{from}-{next - 1}")),
        string.Create(CultureInfo.InvariantCulture, $"{_from[^1]}-"),
    ];

    /// <summary>
    /// The birth dates at which bands change on a day, ascending: who was born before the first is of the oldest band, from the last on of the
    /// youngest. A table of dates, because the database counts by it.
    /// </summary>
    public static IReadOnlyList<DateOnly> BirthDatesDividing(DateOnly day) =>
        [.. _from.Skip(1).Reverse().Select(age => FirstBirthBelow(age, day))];

    /// <summary>The band's name by how many of <see cref="BirthDatesDividing"/> are not after the birth date.</summary>
    public static string NameOf(int passed) => Names[Names.Count - 1 - passed];

    // A 29 February birth reaches its age on 1 March of common years (Age), where AddYears gives 28 February: not reached that day, as it is to be.
    private static DateOnly FirstBirthBelow(int age, DateOnly day) => day.AddYears(-age).AddDays(1);
}
