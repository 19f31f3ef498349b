namespace Jpki.Benchmarks.Harness;

/// <summary>What is said of several rounds.</summary>
internal static class Statistics
{
    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    /// <param name="values">At least one.</param>
    public static double Median(IReadOnlyCollection<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The smallest value that at least this share of all values does not exceed (nearest rank).</summary>
    /// <param name="values">At least one.</param>
    /// <param name="share">Above 0, up to 1: 0.99 for p99.</param>
    public static double Percentile(IReadOnlyCollection<double> values, double share)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double[] sorted = [.. values.Order()];
        return sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
