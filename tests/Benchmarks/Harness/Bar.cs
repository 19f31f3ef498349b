using System.Globalization;

namespace Jpki.Benchmarks.Harness;

/// <summary>What a measure must reach.</summary>
internal abstract record Bar
{
    /// <summary>Ours divided by the baseline, at least.</summary>
    public sealed record RatioAtLeast(double Value) : Bar
    {
        public override bool? IsMet(double ours, double? ratio) => ratio >= Value;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"≥ {Value:0.##}×");
    }

    /// <summary>Ours divided by the baseline, at most.</summary>
    public sealed record RatioAtMost(double Value) : Bar
    {
        public override bool? IsMet(double ours, double? ratio) => ratio <= Value;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"≤ {Value:0.##}×");
    }

    /// <summary>Ours by itself, in the measure's unit, at most.</summary>
    public sealed record AtMost(double Value) : Bar
    {
        public override bool? IsMet(double ours, double? ratio) => ours <= Value;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"≤ {Value:0.##}");
    }

    /// <summary>For orientation.</summary>
    public sealed record None : Bar
    {
        public override bool? IsMet(double ours, double? ratio) => null;

        public override string ToString() => "–";
    }

    /// <returns>Null when there is nothing to meet.</returns>
    public abstract bool? IsMet(double ours, double? ratio);
}
