using Microsoft.Net.Http.Headers;

namespace Jpki.Silo.Reports;

/// <summary>帳票の形式: a way to write a table.</summary>
public abstract class ReportFormat
{
    private static readonly ReportFormat[] _all = [new JsonFormat(), new CsvFormat(), new ExcelFormat()];

    /// <summary>As in <c>?format=</c>, and the end of file names.</summary>
    public abstract string Name { get; }

    public abstract string MediaType { get; }

    public static IReadOnlyList<string> Names { get; } = [.. _all.Select(each => each.Name)];

    public static ReportFormat? Named(string name) => Array.Find(_all, each => each.Name == name);

    /// <summary>The format asked for by name, else the first that is accepted, else JSON.</summary>
    /// <returns>None when the name is of none.</returns>
    public static ReportFormat? Chosen(string? name, IList<MediaTypeHeaderValue> accepted) => name is not null
        ? Named(name)
        : accepted.OrderByDescending(each => each.Quality ?? 1)
            .Select(wanted => Array.Find(_all, each => each.MediaType.Equals(wanted.MediaType.Value, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(each => each is not null) ?? _all[0];

    /// <summary>Writes the whole table; rows are written as they come, and none is kept.</summary>
    public abstract Task WriteAsync(Stream to, ReportTable table, CancellationToken cancellation);
}

/// <summary>A report being written.</summary>
/// <param name="ByteOrderMark">Excel takes a CSV file for UTF-8 only with one.</param>
public sealed record ReportTable(Report Report, ReportScope Scope, Language Language, bool ByteOrderMark, IAsyncEnumerable<object?[]> Rows)
{
    public string Title => Language == Language.Japanese ? Report.Japanese : Report.English;

    public IReadOnlyList<string> Headings => [.. Report.Columns.Select(each => Language == Language.Japanese ? each.Japanese : each.English)];

    /// <summary>A row as people read it.</summary>
    public object?[] Worded(object?[] row) =>
        [.. row.Zip(Report.Columns, (value, column) => value is string { Length: > 0 } code && column.Terms is { } terms ? terms(code, Language) : value)];
}
