using System.Globalization;
using CsvHelper;

namespace Jpki.Silo.Reports;

/// <summary>CSV (RFC 4180) in UTF-8 with headings, and words in place of codes.</summary>
internal sealed class CsvFormat : ReportFormat
{
    public override string Name => "csv";

    public override string MediaType => "text/csv";

    public override async Task WriteAsync(Stream to, ReportTable table, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { WriteByteOrderMark = table.ByteOrderMark }, leaveOpen: true);
        await csv.WriteRecordAsync([.. table.Headings], cancellation);
        await foreach (var row in table.Rows.WithCancellation(cancellation))
            await csv.WriteRecordAsync([.. table.Worded(row).Select(each => Convert.ToString(each, CultureInfo.InvariantCulture))], cancellation);
    }
}
