using System.Runtime.CompilerServices;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Domain.Statistics;
using Jpki.Grains;
using Jpki.Ledger.Statistics;

namespace Jpki.Silo.Reports;

/// <summary>
/// カード・電子証明書・手数料の照合表: what was carried into the days, what came, what was done with it and what is left must agree: an application is issued, given
/// up or under way; it is charged for or free. Found is what is under way at present, where the days reach up to it.
/// </summary>
internal sealed class ReconciliationTable(StatisticsViews views, ICivilClock clock) : Report
{
    public override string Name => "reconciliation";

    public override string Japanese => "カード・電子証明書・手数料の照合表";

    public override string English => "Cards, certificates and fees reconciled";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Reports.Columns.Municipality, new("subject", "対象", "Subject", Words.Subject), Reports.Columns.Kind, new("carriedIn", "繰越", "Carried in"),
        new("added", "受入", "Added"), new("completed", "完了", "Completed"), new("dropped", "廃止・免除", "Dropped or waived"), new("carriedOut", "残", "Carried out"),
        new("found", "現在数", "Found"), new("difference", "差異", "Difference"), Reports.Columns.Yen,
    ];

    public override async IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        static CellKey Keep(CellKey key) => new(key.Municipality, default, "", key.Figure) { Kind = key.Kind };

        var municipality = scope.Municipality ?? scope.Office?.Municipality;
        var open = scope.To >= Jst.DayOf(clock.Now) ? await views.OpenKindsAsync(municipality, cancellation) : null;
        var earlier = scope.From == DateOnly.MinValue
            ? [] : await views.AddedUpAsync(scope with { From = DateOnly.MinValue, To = scope.From.AddDays(-1) }, Keep, cancellation);
        var within = await views.AddedUpAsync(scope, Keep, cancellation);
        foreach (var each in earlier.Concat(within).Select(cell => cell.Key.Municipality).Distinct().OrderBy(code => code.Value, StringComparer.Ordinal))
        {
            var book = new Book(each, Of(earlier, each), Of(within, each));
            yield return book.Row("cards", null, Figure.CardHandedOver, null, Figure.CardEnded, null, 0);
            foreach (var kind in Enum.GetValues<CertificateKind>())
                yield return book.Row("certificates", kind, Figure.CertificateApplied, Figure.CertificateIssued, Figure.CertificateGivenUp, Found(open, each, scope.Office, kind), 0);
            yield return book.Row("fees", null, Figure.ApplicationAccepted, Figure.FeeCharged, Figure.FeeWaived, 0, book.Yen(Figure.FeeCharged));
            yield return book.Refunds();
        }
    }

    private static IEnumerable<StatisticsCell> Of(IEnumerable<StatisticsCell> cells, MunicipalityCode municipality) =>
        cells.Where(each => each.Key.Municipality == municipality);

    private static long? Found(
        IReadOnlyList<(MunicipalityCode Municipality, string Office, CertificateKind Kind)>? open, MunicipalityCode municipality, OfficeCode? office, CertificateKind kind) =>
        open?.LongCount(each => each.Municipality == municipality && each.Kind == kind && (office is null || each.Office == office.Value.Value));

    /// <summary>The figures of a municipality before the days and within them.</summary>
    private sealed class Book(MunicipalityCode municipality, IEnumerable<StatisticsCell> earlier, IEnumerable<StatisticsCell> within)
    {
        private readonly ILookup<(Figure, string), CellSum> _earlier = earlier.ToLookup(each => (each.Key.Figure, each.Key.Kind), each => each.Sum);
        private readonly ILookup<(Figure, string), CellSum> _within = within.ToLookup(each => (each.Key.Figure, each.Key.Kind), each => each.Sum);

        public long Yen(Figure figure) => _within[(figure, "")].Sum(each => each.Yen);

        /// <param name="found">What is left by another count; none where there is none.</param>
        public object?[] Row(string subject, CertificateKind? kind, Figure added, Figure? completed, Figure dropped, long? found, long yen)
        {
            var name = kind is { } known ? ContractName.Of(known) : "";
            long Count(ILookup<(Figure, string), CellSum> of, Figure? figure) => figure is { } one ? of[(one, name)].Sum(each => each.Count) : 0;
            var before = Count(_earlier, added) - Count(_earlier, completed) - Count(_earlier, dropped);
            var after = before + Count(_within, added) - Count(_within, completed) - Count(_within, dropped);
            return
            [
                municipality.Value, subject, name, before, Count(_within, added), completed is null ? null : Count(_within, completed), Count(_within, dropped), after,
                found, found is { } counted ? after - counted : null, yen,
            ];
        }

        public object?[] Refunds()
        {
            var refunds = _within[(Figure.FeeRefunded, "")].Aggregate(default(CellSum), (sum, each) => sum + each);
            return [municipality.Value, "refunds", "", null, refunds.Count, null, null, null, null, null, -refunds.Yen];
        }
    }
}
