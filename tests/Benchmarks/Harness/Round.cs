namespace Jpki.Benchmarks.Harness;

/// <summary>One turn of one side.</summary>
/// <param name="Number">From 0; the round 0 warms up and is not counted.</param>
/// <param name="Length">How long a side that repeats something should go on.</param>
internal sealed record Round(int Number, TimeSpan Length);

/// <summary>What both sides did in the rounds that count.</summary>
/// <param name="Ours">At least one figure.</param>
/// <param name="Baseline">As many, each taken beside the one of the same place; none when the bar is absolute.</param>
internal sealed record Rounds(IReadOnlyList<double> Ours, IReadOnlyList<double> Baseline)
{
    public double MedianOfOurs => Statistics.Median(Ours);

    public double? MedianOfBaseline => Baseline.Count == 0 ? null : Statistics.Median(Baseline);

    /// <summary>
    /// Each round's ratio by itself: on a shared machine both sides of one round see much the same neighbours, those of another round do not.
    /// </summary>
    public IReadOnlyList<double> Ratios => [.. Ours.Zip(Baseline, (ours, baseline) => ours / baseline)];

    public double? MedianRatio => Baseline.Count == 0 ? null : Statistics.Median(Ratios);
}
