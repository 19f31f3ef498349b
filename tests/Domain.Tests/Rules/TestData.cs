using System.Globalization;
using CsCheck;

namespace Jpki.Domain.Tests.Rules;

/// <summary>The tables beside these tests, and properties over values that are the same in every run.</summary>
internal static class TestData
{
    /// <summary>The rows of a CSV table that lies beside these tests in the sources. No field is quoted.</summary>
    public static IEnumerable<string[]> Rows(string file)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "tests", "Domain.Tests", "Rules", file);
            if (File.Exists(path)) return File.ReadLines(path).Select(line => line.Split(','));
        }

        throw new FileNotFoundException("The tests run outside of the source tree.", file);
    }

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly? DayOrNull(string text) => text.Length == 0 ? null : Day(text);

    /// <summary>An instant in ISO 8601 with its offset.</summary>
    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Asserts a property for values drawn from one fixed seed; a failure shows the value.</summary>
    public static void ForAll<T>(Gen<T> values, Func<T, bool> holds, int cases = 5_000)
    {
        var source = new PCG(stream: 34, seed: 20180928);
        for (var i = 0; i < cases; i++)
        {
            var value = values.Generate(source, null, out _);
            Assert.True(holds(value), $"Does not hold for {value}");
        }
    }

    public static Gen<DateOnly> DayBetween(DateOnly first, DateOnly last) =>
        Gen.Int[first.DayNumber, last.DayNumber].Select(DateOnly.FromDayNumber);
}
