using System.Globalization;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S15")]
[Trait("Rule", "S34")]
public sealed class JapaneseHolidaysTests
{
    public static TheoryData<string> AnnouncedYears { get; } = new(Rows("announced-holidays.csv").Select(row => row[0]));

    [Theory]
    [MemberData(nameof(AnnouncedYears))]
    public void A_year_has_exactly_the_holidays_that_were_announced(string year)
    {
        var announced = Assert.Single(Rows("announced-holidays.csv"), row => row[0] == year).Skip(1);

        var derived = DaysOf(int.Parse(year, CultureInfo.InvariantCulture))
            .Where(JapaneseHolidays.IsHoliday)
            .Select(day => string.Create(CultureInfo.InvariantCulture, $"{day:MM-dd} {JapaneseHolidays.NameOn(day)}"));

        Assert.Equal(announced, derived);
    }

    [Theory]
    [InlineData("1947-11-03", null)]
    [InlineData("1948-05-03", null)]
    [InlineData("1948-09-23", "秋分の日")]
    [InlineData("1949-01-01", "元日")]
    [InlineData("1959-04-10", "皇太子明仁親王の結婚の儀")]
    [InlineData("1960-03-20", "春分の日")]
    [InlineData("1966-09-15", "敬老の日")]
    [InlineData("1966-02-11", null)]
    [InlineData("1967-02-11", "建国記念の日")]
    [InlineData("1973-02-12", null)]
    [InlineData("1973-04-30", "振替休日")]
    [InlineData("1979-09-24", "秋分の日")]
    [InlineData("1985-05-04", null)]
    [InlineData("1986-05-04", null)]
    [InlineData("1987-05-04", "振替休日")]
    [InlineData("1988-05-04", "国民の休日")]
    [InlineData("1990-11-12", "即位礼正殿の儀")]
    [InlineData("1993-06-09", "皇太子徳仁親王の結婚の儀")]
    [InlineData("1996-07-20", "海の日")]
    [InlineData("1997-05-04", null)]
    [InlineData("2000-01-10", "成人の日")]
    [InlineData("2000-01-15", null)]
    [InlineData("2003-07-21", "海の日")]
    [InlineData("2006-05-04", "国民の休日")]
    [InlineData("2007-05-04", "みどりの日")]
    [InlineData("2008-05-06", "振替休日")]
    [InlineData("2012-09-22", "秋分の日")]
    [InlineData("2015-08-11", null)]
    [InlineData("2016-08-11", "山の日")]
    [InlineData("2019-02-23", null)]
    [InlineData("2019-12-23", null)]
    [InlineData("2020-07-20", null)]
    [InlineData("2020-10-12", null)]
    [InlineData("2021-08-11", null)]
    [InlineData("2032-09-21", "国民の休日")]
    [InlineData("2092-03-19", "春分の日")]
    [InlineData("2099-12-31", null)]
    public void Changes_of_the_law_show_on_their_days(string day, string? name) =>
        Assert.Equal(name, JapaneseHolidays.NameOn(Day(day)));

    /// <summary>On this rests that one rule for 振替休日 serves the law before and after 2007.</summary>
    [Fact]
    public void Before_2007_no_holiday_falls_on_the_Monday_after_a_Sunday_holiday() =>
        Assert.DoesNotContain(
            Enumerable.Range(1973, 2007 - 1973).SelectMany(DaysOf),
            day => day.DayOfWeek == DayOfWeek.Monday
                && JapaneseHolidays.IsHoliday(day.AddDays(-1))
                && JapaneseHolidays.NameOn(day) is not (null or "振替休日"));

    /// <summary>On this rests that Sundays may be left out of 国民の休日 after 2007 as before.</summary>
    [Fact]
    public void Since_2007_no_plain_Sunday_lies_between_two_holidays() =>
        Assert.DoesNotContain(
            Enumerable.Range(2007, 2099 - 2007).SelectMany(DaysOf),
            day => day.DayOfWeek == DayOfWeek.Sunday
                && !JapaneseHolidays.IsHoliday(day)
                && JapaneseHolidays.IsHoliday(day.AddDays(-1))
                && JapaneseHolidays.IsHoliday(day.AddDays(1)));

    [Fact]
    public void Every_Sunday_holiday_since_1973_is_made_up_for_by_a_free_weekday()
    {
        var sundays = Enumerable.Range(1974, 2099 - 1974).SelectMany(DaysOf)
            .Where(day => day.DayOfWeek == DayOfWeek.Sunday && JapaneseHolidays.IsHoliday(day)).ToList();

        Assert.NotEmpty(sundays);
        Assert.All(sundays, sunday =>
            Assert.Contains("振替休日", Enumerable.Range(1, 3).Select(days => JapaneseHolidays.NameOn(sunday.AddDays(days)))));
    }

    [Fact]
    public void Beyond_the_last_known_day_there_is_no_answer() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JapaneseHolidays.IsHoliday(JapaneseHolidays.LastKnownDay.AddDays(1)));

    private static IEnumerable<DateOnly> DaysOf(int year) =>
        Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays);
}
