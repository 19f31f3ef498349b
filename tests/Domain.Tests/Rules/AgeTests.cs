using CsCheck;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S24")]
public sealed class AgeTests
{
    [Theory]
    [InlineData("2003-09-28", "2018-09-27", 14)]
    [InlineData("2003-09-28", "2018-09-28", 15)]
    [InlineData("2004-01-01", "2018-12-31", 14)]
    [InlineData("2004-01-01", "2019-01-01", 15)]
    [InlineData("2018-09-28", "2018-09-28", 0)]
    [InlineData("2018-09-28", "2019-09-27", 0)]
    [InlineData("1918-09-28", "2018-09-28", 100)]
    public void An_age_is_reached_on_the_birthday(string birthDate, string day, int years) =>
        Assert.Equal(years, Age.On(Day(birthDate), Day(day)));

    [Theory]
    [InlineData("2019-02-28", 14)]
    [InlineData("2019-03-01", 15)]
    [InlineData("2020-02-28", 15)]
    [InlineData("2020-02-29", 16)]
    [InlineData("2020-03-01", 16)]
    public void Born_on_29_February_an_age_is_reached_as_28_February_ends(string day, int years) =>
        Assert.Equal(years, Age.On(new DateOnly(2004, 2, 29), Day(day)));

    [Fact]
    public void The_day_is_that_of_Japan()
    {
        var birthDate = new DateOnly(2003, 9, 28);

        Assert.Equal(Age.SignatureMinimum - 1, Age.On(birthDate, Jst.DayOf(Instant("2018-09-27T14:59:59Z"))));
        Assert.Equal(Age.SignatureMinimum, Age.On(birthDate, Jst.DayOf(Instant("2018-09-27T15:00:00Z"))));
    }

    [Fact]
    public void The_day_an_age_is_reached_is_the_first_at_that_age() => ForAll(
        Gen.Select(DayBetween(new(1920, 1, 1), new(2020, 12, 31)), Gen.Int[1, 110]),
        x =>
        {
            var (birthDate, years) = x;
            var reached = Age.DayReached(birthDate, years);
            return Age.On(birthDate, reached) == years && Age.On(birthDate, reached.AddDays(-1)) == years - 1;
        });

    [Fact]
    public void Nobody_has_an_age_before_birth() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Age.On(new DateOnly(2018, 9, 28), new DateOnly(2018, 9, 27)));
}
