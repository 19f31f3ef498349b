using System.Globalization;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Statistics;

namespace Jpki.Silo.Reports;

/// <summary>Tables that come of cells: read as a stream, added up by the dimensions a report has.</summary>
internal static class StatisticsTables
{
    /// <summary>Cells added up by what is left of their keys.</summary>
    /// <param name="keep">The dimensions that the report has.</param>
    public static async Task<IReadOnlyList<StatisticsCell>> AddedUpAsync(
        this StatisticsViews views, ReportScope scope, Func<CellKey, CellKey> keep, CancellationToken cancellation, params IReadOnlyList<Figure> figures)
    {
        var sums = new CellSums();
        var query = new StatisticsQuery(scope.Municipality, scope.From, scope.To, scope.Office, figures.Count == 0 ? null : figures);
        await foreach (var cell in views.CellsAsync(query, cancellation: cancellation))
            sums.Add(keep(cell.Key), cell.Sum.Count, cell.Sum.Yen);
        return
        [
            .. sums.All.Select(each => new StatisticsCell(each.Key, each.Value))
                .OrderBy(each => each.Key.Municipality.Value, StringComparer.Ordinal).ThenBy(each => each.Key.Day).ThenBy(each => each.Key.Office, StringComparer.Ordinal)
                .ThenBy(each => each.Key.Figure).ThenBy(each => string.Join('/', Dimensions(each.Key)), StringComparer.Ordinal),
        ];
    }

    public static CellKey OfMonth(this CellKey key) => key with { Day = new(key.Day.Year, key.Day.Month, 1) };

    public static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static string[] Dimensions(CellKey key) => [key.Kind, key.Procedure, key.Reason, key.Fee, key.Applicant, key.Detail];
}
