using System.Globalization;
using System.Runtime.CompilerServices;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Domain.Statistics;
using Jpki.Grains;
using Jpki.Ledger;

namespace Jpki.Silo.Reports;

/// <summary>有効期間満了のお知らせの対象: whose notice falls due within the days and whose certificate has not ended before them.</summary>
internal sealed class RenewalNoticesDue(ResidentLedger ledger, IMunicipalities municipalities) : Report
{
    public override string Name => "renewal-notices";

    public override string Japanese => "有効期間満了のお知らせの対象";

    public override string English => "Renewal notices due";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Resident, Reports.Columns.Kind, new("dueOn", "通知日", "Due on"), new("lastDay", "有効期間の満了日", "Last day of validity"),
    ];

    public override async IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var municipality in scope.Municipalities(municipalities))
        {
            await foreach (var work in ledger.EndingAsync(municipality, scope.From, RenewalNotice.HorizonOf(scope.To), cancellation))
            {
                foreach (var end in work.CertificateEnds.Where(each => IsDue(each.LastDay, scope)))
                    yield return [work.Resident.Value, ContractName.Of(end.Kind), Lists.Text(RenewalNotice.DueOn(end.LastDay)), Lists.Text(end.LastDay)];
            }
        }
    }

    private static bool IsDue(DateOnly lastDay, ReportScope scope) =>
        lastDay >= scope.From && RenewalNotice.DueOn(lastDay) is var due && due >= scope.From && due <= scope.To;
}

/// <summary>未了の代理人手続き: agents' cases that are open now and due within the days.</summary>
internal sealed class AgentCasesOpen(ResidentLedger ledger, IMunicipalities municipalities) : Report
{
    public override string Name => "agent-cases";

    public override string Japanese => "未了の代理人手続き";

    public override string English => "Agents' cases open";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Resident, new("case", "受付番号", "Case"), new("since", "受付日", "Opened on"), new("dueOn", "回答期限", "Due on"),
    ];

    public override (DateOnly From, DateOnly To) UsualDays(DateOnly today) => (DateOnly.MinValue, DateOnly.MaxValue);

    public override async IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var municipality in scope.Municipalities(municipalities))
        {
            await foreach (var work in ledger.OpenWorkAsync(municipality, WorkKind.AgentCase, scope.To, cancellation))
            {
                foreach (var item in work.Items.Where(each => each.DueOn >= scope.From))
                    yield return [work.Resident.Value, item.Reference, item.Since is { } since ? Lists.Text(since) : null, Lists.Text(item.DueOn)];
            }
        }
    }
}

internal static class Lists
{
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Lists of residents know no offices.</summary>
    public static IEnumerable<MunicipalityCode> Municipalities(this ReportScope scope, IMunicipalities all) =>
        (scope.Municipality ?? scope.Office?.Municipality) is { } one ? [one] : all.All.Select(each => each.Code);
}
