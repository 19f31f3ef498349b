using Jpki.Silo.Reports;

namespace Jpki.Silo.Tests.Reports;

/// <summary>A report of a test's own.</summary>
internal sealed class FakeReport(string name, Func<CancellationToken, IAsyncEnumerable<object?[]>> rows) : Report
{
    public override string Name => name;

    public override string Japanese => "試験の表";

    public override string English => "A table for tests";

    public override IReadOnlyList<Column> Columns { get; } =
        [new("day", "日", "Day"), new("kind", "種類", "Kind", Words.Kind), new("fee", "手数料", "Fee", Words.Fee), new("count", "件数", "Number")];

    public static FakeReport Of(params object?[][] rows) => new("fake", _ => rows.ToAsyncEnumerable());

    public override IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, CancellationToken cancellation) => rows(cancellation);

    /// <summary>As it is being written, in a language.</summary>
    public ReportTable In(Language language, bool byteOrderMark = false)
    {
        var scope = new ReportScope(null, null, new(2026, 6, 1), new(2026, 6, 30));
        return new(this, scope, language, byteOrderMark, RowsAsync(scope, TestContext.Current.CancellationToken));
    }
}
