using CsCheck;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S15")]
public sealed class ReceptionHoursTests
{
    private static readonly Gen<DateTimeOffset> Instants = Gen.Int[0, 20 * 365 * 24 * 60]
        .Select(minutes => Instant("2016-01-01T00:00:00+09:00").AddMinutes(minutes));

    [Theory]
    [InlineData("2018-09-28T08:29:59+09:00", false)]
    [InlineData("2018-09-28T08:30:00+09:00", true)]
    [InlineData("2018-09-28T16:29:59+09:00", true)]
    [InlineData("2018-09-28T16:30:00+09:00", false)]
    [InlineData("2018-09-27T23:30:00Z", true)]
    [InlineData("2018-09-28T08:30:00Z", false)]
    [InlineData("2018-09-29T10:00:00+09:00", false)]
    [InlineData("2018-09-30T10:00:00+09:00", false)]
    [InlineData("2018-09-24T10:00:00+09:00", false)]
    [InlineData("2018-12-28T10:00:00+09:00", true)]
    [InlineData("2017-12-29T10:00:00+09:00", false)]
    [InlineData("2019-01-03T10:00:00+09:00", false)]
    [InlineData("2019-01-04T10:00:00+09:00", true)]
    public void The_counter_is_open_on_working_days_from_8_30_until_16_30(string at, bool open)
    {
        Assert.Equal(open, ReceptionHours.Akishima.IsOpen(Instant(at)));
        Assert.Equal(open, ReceptionHours.Akishima.Check(Instant(at)) is null);
    }

    [Theory]
    [InlineData("2018-09-28T08:29:59+09:00", "2018-09-28T08:30:00+09:00")]
    [InlineData("2018-09-26T10:00:00+09:00", "2018-09-27T08:30:00+09:00")]
    [InlineData("2018-09-28T16:30:00+09:00", "2018-10-01T08:30:00+09:00")]
    [InlineData("2018-09-21T17:00:00+09:00", "2018-09-25T08:30:00+09:00")]
    [InlineData("2018-12-28T16:30:00+09:00", "2019-01-04T08:30:00+09:00")]
    [InlineData("2019-04-26T16:30:00+09:00", "2019-05-07T08:30:00+09:00")]
    [InlineData("2018-09-26T20:00:00Z", "2018-09-27T08:30:00+09:00")]
    public void It_next_opens_on_the_next_working_day(string at, string opens) =>
        Assert.Equal(Instant(opens), ReceptionHours.Akishima.NextOpening(Instant(at)));

    [Fact]
    public void The_refusal_tells_when_it_next_opens()
    {
        var refusal = ReceptionHours.Akishima.Check(Instant("2018-12-30T10:00:00+09:00"));

        Assert.NotNull(refusal);
        Assert.Equal(("OutsideReceptionHours", "S15", RefusalNature.RuleBroken), (refusal.Code, refusal.Rule, refusal.Nature));
        Assert.Contains("2019年1月4日（金）08:30", refusal.Japanese, StringComparison.Ordinal);
        Assert.Contains("Friday, 4 January 2019 at 08:30", refusal.English, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_open_at_the_next_opening_and_not_before() => ForAll(
        Gen.Select(Instants, Gen.Double[0, 1]),
        x =>
        {
            var (at, part) = x;
            var opens = ReceptionHours.Akishima.NextOpening(at);
            var between = at + ((opens - at) * part);
            return opens > at
                && ReceptionHours.Akishima.IsOpen(opens)
                && (ReceptionHours.Akishima.IsOpen(at) || between == opens || !ReceptionHours.Akishima.IsOpen(between));
        });

    [Fact]
    public void An_office_may_have_other_hours()
    {
        var evening = new ReceptionHours(new TimeOnly(17, 0), new TimeOnly(19, 0));

        Assert.Null(evening.Check(Instant("2018-09-28T18:59:59+09:00")));
        Assert.NotNull(evening.Check(Instant("2018-09-28T10:00:00+09:00")));
    }
}
