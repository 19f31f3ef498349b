using System.Globalization;
using System.Runtime.CompilerServices;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Statistics;

namespace Jpki.Silo.Reports;

/// <summary>手数料収納簿: what each office took and gave back on each day, and what must be in the drawer.</summary>
internal sealed class CashSheet(StatisticsViews views, OfficeNames offices) : Report
{
    public override string Name => "cash-sheet";

    public override string Japanese => "手数料収納簿";

    public override string English => "Fees by office and day";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Day, Reports.Columns.Office, Reports.Columns.OfficeName, new("charged", "徴収件数", "Charged"), new("chargedYen", "徴収額(円)", "Charged, yen"),
        new("waived", "免除件数", "Waived"), new("refunded", "還付件数", "Refunded"), new("refundedYen", "還付額(円)", "Refunded, yen"), new("netYen", "差引(円)", "Net, yen"),
    ];

    public override async IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var cells = await views.AddedUpAsync(
            scope, key => new(key.Municipality, key.Day, key.Office, key.Figure), cancellation, Figure.FeeCharged, Figure.FeeWaived, Figure.FeeRefunded);
        foreach (var drawer in cells.GroupBy(each => (each.Key.Day, each.Key.Office)))
        {
            CellSum Of(Figure figure) => drawer.FirstOrDefault(each => each.Key.Figure == figure).Sum;
            var (charged, refunded) = (Of(Figure.FeeCharged), Of(Figure.FeeRefunded));
            yield return
            [
                drawer.Key.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), drawer.Key.Office, offices.Find(drawer.Key.Office), charged.Count, charged.Yen,
                Of(Figure.FeeWaived).Count, refunded.Count, refunded.Yen, charged.Yen - refunded.Yen,
            ];
        }
    }
}
