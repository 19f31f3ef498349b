using Jpki.Benchmarks.Harness;

namespace Jpki.Benchmarks.Tests;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(7, new double[] { 7 })]
    [InlineData(2, new double[] { 3, 1, 2 })]
    [InlineData(2.5, new double[] { 4, 1, 3, 2 })]
    public void The_median_is_the_middle_of_the_sorted(double expected, double[] values) => Assert.Equal(expected, Statistics.Median(values));

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void A_percentile_is_a_value_that_occurred(double share, double expected) =>
        Assert.Equal(expected, Statistics.Percentile([.. Enumerable.Range(1, 100).Reverse().Select(each => (double)each)], share));

    [Fact]
    public void One_slow_value_is_the_p99_of_a_few() => Assert.Equal(9, Statistics.Percentile([1, 1, 9], 0.99));

    [Fact]
    public void The_ratio_is_the_median_of_the_rounds_ratios_and_not_the_ratio_of_the_medians()
    {
        var rounds = new Rounds(Ours: [10, 40, 90], Baseline: [10, 20, 100]);

        Assert.Equal([1, 2, 0.9], rounds.Ratios);
        Assert.Equal(1, rounds.MedianRatio);
        Assert.Equal(2, rounds.MedianOfOurs / rounds.MedianOfBaseline);
    }

    [Fact]
    public void An_absolute_bar_needs_no_baseline()
    {
        var rounds = new Rounds(Ours: [0.2, 0.3], Baseline: []);

        Assert.Null(rounds.MedianRatio);
        Assert.True(new Bar.AtMost(1).IsMet(rounds.MedianOfOurs, rounds.MedianRatio));
        Assert.False(new Bar.AtMost(0.2).IsMet(rounds.MedianOfOurs, rounds.MedianRatio));
        Assert.Null(new Bar.None().IsMet(rounds.MedianOfOurs, rounds.MedianRatio));
    }

    [Fact]
    public void A_ratio_bar_is_met_at_its_value()
    {
        Assert.True(new Bar.RatioAtLeast(0.9).IsMet(1, 0.9));
        Assert.False(new Bar.RatioAtLeast(0.9).IsMet(1, 0.89));
        Assert.True(new Bar.RatioAtMost(2).IsMet(1, 2));
        Assert.False(new Bar.RatioAtMost(2).IsMet(1, 2.01));
    }
}
