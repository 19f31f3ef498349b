using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

public sealed class ContactDirectoryTests
{
    private static readonly string[] Numbers = ["0120-95-0178", "0570-783-578", "050-3818-1250"];

    [Theory]
    [Trait("Rule", "S34")]
    [InlineData("2018-09-28T09:29:59+09:00", false)]
    [InlineData("2018-09-28T09:30:00+09:00", true)]
    [InlineData("2018-09-28T19:59:59+09:00", true)]
    [InlineData("2018-09-28T20:00:00+09:00", false)]
    [InlineData("2018-09-28T10:59:59Z", true)]
    [InlineData("2018-09-29T09:29:59+09:00", false)]
    [InlineData("2018-09-29T09:30:00+09:00", true)]
    [InlineData("2018-09-29T17:29:59+09:00", true)]
    [InlineData("2018-09-29T17:30:00+09:00", false)]
    [InlineData("2018-09-30T17:29:59+09:00", true)]
    [InlineData("2018-09-24T17:29:59+09:00", true)]
    [InlineData("2018-09-24T17:30:00+09:00", false)]
    [InlineData("2018-12-28T19:59:59+09:00", true)]
    [InlineData("2018-12-29T10:00:00+09:00", false)]
    [InlineData("2019-01-03T10:00:00+09:00", false)]
    [InlineData("2019-01-04T10:00:00+09:00", true)]
    public void Enquiries_are_answered_till_20_00_on_weekdays_and_17_30_on_other_days(string at, bool open) =>
        Assert.Equal(open, ContactDirectory.OpenAt(Instant(at)).Any(each => each.Purpose == ContactPurpose.Enquiry));

    [Theory]
    [Trait("Rule", "S30")]
    [InlineData("2018-09-28T12:00:00+09:00")]
    [InlineData("2018-09-29T03:00:00+09:00")]
    [InlineData("2019-01-01T00:00:00+09:00")]
    [InlineData("2019-05-01T23:59:59+09:00")]
    public void A_loss_can_be_reported_at_any_hour_on_all_three_lines(string at) =>
        Assert.Equal(Numbers, ContactDirectory.OpenAt(Instant(at))
            .Where(each => each.Purpose == ContactPurpose.LossReport).Select(each => each.Line.Number));

    [Fact]
    [Trait("Rule", "S30")]
    public void The_refusal_at_the_counter_has_three_numbers_to_show() =>
        Assert.Equal(Numbers, LossReportNumbers.All.Select(line => line.Number));
}
