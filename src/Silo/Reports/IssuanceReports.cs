using System.Runtime.CompilerServices;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Statistics;

namespace Jpki.Silo.Reports;

/// <summary>月別発行件数表</summary>
internal sealed class MonthlyIssuance(StatisticsViews views, OfficeNames offices) : Report
{
    public override string Name => "monthly-issuance";

    public override string Japanese => "月別発行件数表";

    public override string English => "Certificates issued by month";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Month, Reports.Columns.Office, Reports.Columns.OfficeName, Reports.Columns.Kind, Reports.Columns.Procedure,
        Reports.Columns.Reason, Reports.Columns.Fee, Reports.Columns.Applicant, Reports.Columns.Count,
    ];

    public override async IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (key, sum) in await views.AddedUpAsync(scope, each => each.OfMonth(), cancellation, Figure.CertificateIssued))
        {
            yield return
            [
                StatisticsTables.Month(key.Day), key.Office, offices.Find(key.Office), key.Kind, key.Procedure, key.Reason, key.Fee, key.Applicant, sum.Count,
            ];
        }
    }
}

/// <summary>業務量: every figure by month, for what has no table of its own: revocations, suspensions, PIN resets, waiting times.</summary>
internal sealed class MonthlyFigures(StatisticsViews views, OfficeNames offices) : Report
{
    public override string Name => "monthly-figures";

    public override string Japanese => "月別業務量";

    public override string English => "All figures by month";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Month, Reports.Columns.Office, Reports.Columns.OfficeName, new("figure", "項目", "Figure", Words.FigureName), Reports.Columns.Kind,
        Reports.Columns.Reason, new("detail", "細目", "Detail", Words.Detail), Reports.Columns.Count, Reports.Columns.Yen,
    ];

    public override async IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var (key, sum) in await views.AddedUpAsync(scope, each => each.OfMonth() with { Procedure = "", Fee = "", Applicant = "" }, cancellation))
        {
            yield return
            [
                StatisticsTables.Month(key.Day), key.Office, offices.Find(key.Office), ContractName.Of(key.Figure), key.Kind, key.Reason, key.Detail, sum.Count,
                sum.Yen,
            ];
        }
    }
}

/// <summary>満了予定: who holds what until which month, by age, for planning the wave of renewals. Of the present, whatever the days.</summary>
internal sealed class HoldersByExpiry(StatisticsViews views, Grains.ICivilClock clock) : Report
{
    public override string Name => "holders";

    public override string Japanese => "満了予定別保有者数";

    public override string English => "Holders by month of expiry";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Municipality, Reports.Columns.Kind, new("month", "満了月", "Month of expiry"), new("ageBand", "年齢", "Age"),
        new("holders", "保有者数", "Holders"),
    ];

    public override IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, CancellationToken cancellation) => views
        .HoldersAsync(scope.Municipality ?? scope.Office?.Municipality, Domain.Rules.Jst.DayOf(clock.Now), cancellation)
        .Select(each => new object?[]
        {
            each.Municipality.Value, ContractName.Of(each.Kind), StatisticsTables.Month(each.Month), each.AgeBand, each.Holders,
        });
}
