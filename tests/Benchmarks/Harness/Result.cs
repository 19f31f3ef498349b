namespace Jpki.Benchmarks.Harness;

/// <summary>What became of a measure.</summary>
internal abstract record Result(Measure Measure)
{
    public sealed record Taken(Measure Measure, Rounds Rounds) : Result(Measure)
    {
        public bool? IsMet => Measure.Bar.IsMet(Rounds.MedianOfOurs, Rounds.MedianRatio);
    }

    public sealed record NotAvailable(Measure Measure, string Reason) : Result(Measure);

    /// <summary>It broke; a mistake in the product, the measure or the machine.</summary>
    public sealed record Failed(Measure Measure, Exception Cause) : Result(Measure);
}
