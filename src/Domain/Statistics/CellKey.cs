using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Statistics;

/// <summary>
/// 集計の区分: what is told apart in counting. The dimensions are names of the one contract (enum values in camel case, commands and applicants by
/// their stored names), and empty where a figure does not have them.
/// </summary>
/// <param name="Day">The civil day of the decision, JST.</param>
/// <param name="Office">Whose counter it was; empty for the registry, the call centre and the back office itself.</param>
public readonly record struct CellKey(MunicipalityCode Municipality, DateOnly Day, string Office, Figure Figure)
{
    /// <summary>The kind of certificate, or of PIN.</summary>
    public string Kind { get; init; } = "";

    /// <summary>手続き: the command that began it; for what follows from an application, the one that applied.</summary>
    public string Procedure { get; init; } = "";

    /// <summary>The reason of the application, or the cause.</summary>
    public string Reason { get; init; } = "";

    /// <summary>One of <see cref="FeeOutcome"/>.</summary>
    public string Fee { get; init; } = "";

    public string Applicant { get; init; } = "";

    /// <summary>What only this figure tells apart: a span of time, a row of the tariff, an errand.</summary>
    public string Detail { get; init; } = "";

    // The other dimensions seldom tell two cells apart that agree in these, and hashing is much of the fold.
    public override int GetHashCode() => HashCode.Combine(Day, Figure, Office, Kind, Reason, Fee, Detail);
}

/// <summary>What a cell has added up.</summary>
/// <param name="Yen">Of the figures that are about money; 0 of all others.</param>
public readonly record struct CellSum(long Count, long Yen)
{
    public static CellSum operator +(CellSum left, CellSum right) => new(left.Count + right.Count, left.Yen + right.Yen);
}

/// <summary>集計表: cells being added up. Not safe for concurrent use.</summary>
public sealed class CellSums
{
    private readonly Dictionary<CellKey, CellSum> _sums = [];

    public IReadOnlyDictionary<CellKey, CellSum> All => _sums;

    public void Add(CellKey key, long count = 1, long yen = 0)
    {
        ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
        sum += new CellSum(count, yen);
    }
}
