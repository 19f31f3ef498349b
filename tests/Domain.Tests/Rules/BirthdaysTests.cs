using CsCheck;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S10")]
[Trait("Rule", "S13")]
public sealed class BirthdaysTests
{
    [Theory]
    [InlineData("1990-09-23", "2022-11-24", "2023-09-23")]
    [InlineData("1990-09-23", "2022-09-22", "2022-09-23")]
    [InlineData("1990-09-23", "2022-09-23", "2023-09-23")]
    [InlineData("1990-12-31", "2022-12-31", "2023-12-31")]
    [InlineData("1990-01-01", "2022-12-31", "2023-01-01")]
    [InlineData("2000-02-29", "2023-02-27", "2023-02-28")]
    [InlineData("2000-02-29", "2023-02-28", "2024-02-29")]
    [InlineData("2000-02-29", "2024-02-28", "2024-02-29")]
    [InlineData("2000-02-29", "2024-02-29", "2025-02-28")]
    [InlineData("2000-02-28", "2024-02-27", "2024-02-28")]
    public void The_next_birthday_is_strictly_after_the_day(string birthDate, string day, string expected) =>
        Assert.Equal(Day(expected), Birthdays.NextAfter(Day(birthDate), Day(day)));

    [Fact]
    public void The_first_birthday_is_the_next_one_and_each_further_one_a_year_later() => ForAll(
        Gen.Select(DayBetween(new(1920, 1, 1), new(2010, 12, 31)), DayBetween(new(2011, 1, 1), new(2060, 12, 31))),
        x => Birthdays.Nth(x.Item1, x.Item2, 1) == Birthdays.NextAfter(x.Item1, x.Item2)
            && Birthdays.Nth(x.Item1, x.Item2, 6) == Birthdays.NextAfter(x.Item1, Birthdays.Nth(x.Item1, x.Item2, 5)));

    [Fact]
    public void There_is_no_birthday_number_zero_to_ask_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Birthdays.Nth(new(1990, 9, 23), new(2022, 9, 23), 0));
}
