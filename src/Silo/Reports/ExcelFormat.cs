using MiniExcelLibs;

namespace Jpki.Silo.Reports;

/// <summary>
/// An Excel workbook of one sheet with headings, words in place of codes, and numbers as numbers. It is put together in a file of its own that goes
/// with its last reader: a workbook is a ZIP archive, which is written to and fro.
/// </summary>
internal sealed class ExcelFormat : ReportFormat
{
    // Excel's own limit on the name of a sheet.
    private const int LongestSheetName = 31;

    private const int Buffer = 64 * 1024;

    public override string Name => "xlsx";

    public override string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public override async Task WriteAsync(Stream to, ReportTable table, CancellationToken cancellation)
    {
        await using var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.xlsx"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, Buffer,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var sheet = table.Title.Length > LongestSheetName ? table.Title[..LongestSheetName] : table.Title;

        // The library walks its rows without waiting; on a thread of its own nobody minds.
        await Task.Run(() => MiniExcel.SaveAs(file, Rows(table, cancellation), sheetName: sheet), cancellation);
        file.Position = 0;
        await file.CopyToAsync(to, cancellation);
    }

    /// <summary>The headings are the keys of the first row, so a table without rows is given one of nothing.</summary>
    private static IEnumerable<IDictionary<string, object?>> Rows(ReportTable table, CancellationToken cancellation)
    {
        var (headings, isEmpty) = (table.Headings, true);
        foreach (var row in table.Rows.ToBlockingEnumerable(cancellation))
        {
            isEmpty = false;
            yield return Row(headings, table.Worded(row));
        }

        if (isEmpty)
            yield return Row(headings, new object?[headings.Count]);
    }

    private static Dictionary<string, object?> Row(IReadOnlyList<string> headings, object?[] values) =>
        headings.Zip(values).ToDictionary(each => each.First, each => each.Second);
}
