using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Statistics;

namespace Jpki.Ledger.Statistics;

/// <summary>Which cells are asked for; none of a dimension is all of it.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Inclusive.</param>
public sealed record StatisticsQuery(
    MunicipalityCode? Municipality = null, DateOnly? From = null, DateOnly? To = null, OfficeCode? Office = null, IReadOnlyList<Figure>? Figures = null);

/// <summary>A cell with its sum.</summary>
public readonly record struct StatisticsCell(CellKey Key, CellSum Sum);

/// <summary>Holders of a kind, of an age, whose certificates end in a month.</summary>
/// <param name="AgeBand">One of <see cref="AgeBands.Names"/>; none where the birth date is not known.</param>
/// <param name="Month">Its first day.</param>
public sealed record HolderCount(MunicipalityCode Municipality, CertificateKind Kind, string? AgeBand, DateOnly Month, long Holders);

/// <summary>How the views stand.</summary>
/// <param name="Sequence">Of the last event folded.</param>
/// <param name="Count">Events folded.</param>
/// <param name="Hash">Running hash over them, lower-case hexadecimal.</param>
/// <param name="FoldedAt">When the last page was stored.</param>
/// <param name="Behind">Events in the ledger that are not folded; counted up to 100,000.</param>
/// <param name="CheckedSequence">Up to where the check agrees.</param>
/// <param name="Rebuild">Under way, or the last one; none when there was none.</param>
/// <param name="Incidents">Those that stand.</param>
public sealed record StatisticsStatus(
    long Sequence,
    long Count,
    string Hash,
    DateTimeOffset FoldedAt,
    long Behind,
    long CheckedSequence,
    DateTimeOffset? CheckedAt,
    StatisticsRebuildStatus? Rebuild,
    IReadOnlyList<StatisticsIncident> Incidents);
