using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

public sealed class LegacyValidityTests
{
    [Theory]
    [Trait("Rule", "S2")]
    [InlineData("2015-12-22", "2018-12-21")]
    [InlineData("2004-01-29", "2007-01-28")]
    [InlineData("2012-03-01", "2015-02-28")]
    [InlineData("2013-03-01", "2016-02-29")]
    [InlineData("2012-02-29", "2015-02-28")]
    [InlineData("2013-02-28", "2016-02-27")]
    [InlineData("2014-01-01", "2016-12-31")]
    public void Three_years_count_the_day_of_issue(string issuedOn, string lastDay) =>
        Assert.Equal(Day(lastDay), LegacyValidity.From(Day(issuedOn)).LastDay);

    [Theory]
    [Trait("Rule", "S2")]
    [InlineData("2015-12-21", false)]
    [InlineData("2015-12-22", false)]
    [InlineData("2015-12-23", true)]
    [InlineData("2018-12-21", true)]
    [InlineData("2018-12-22", false)]
    public void A_change_ends_it_from_the_day_after_issue_to_the_last_day(string changedOn, bool ends) =>
        Assert.Equal(ends, LegacyValidity.From(Day("2015-12-22")).IsEndedBy(Day(changedOn)));
}
