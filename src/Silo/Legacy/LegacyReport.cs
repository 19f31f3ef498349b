using System.Globalization;
using CsvHelper;

namespace Jpki.Silo.Legacy;

/// <summary>移行結果: a CSV row for each line, while the import goes on. UTF-8 with a byte order mark, by which Japanese spreadsheets know it.</summary>
public static class LegacyReport
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly string[] _header = ["line", "outcome", "code", "rule", "japanese", "english"];

    public static async Task WriteAsync(Stream to, IAsyncEnumerable<LegacyResult> results, CancellationToken cancellation)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync(_header, cancellation);
        await foreach (var result in results.WithCancellation(cancellation))
            await csv.WriteRecordAsync(Row(result), cancellation);
    }

    private static string?[] Row(LegacyResult result) =>
    [
        result.Line.ToString(CultureInfo.InvariantCulture),
        NameOf(result.Outcome),
        result.Reason?.Code,
        result.Reason?.Rule,
        result.Reason?.Japanese,
        result.Reason?.English,
    ];

    private static string NameOf(LegacyOutcome outcome) => outcome switch
    {
        LegacyOutcome.Accepted => "accepted",
        LegacyOutcome.DoneBefore => "done-before",
        LegacyOutcome.Rejected => "rejected",
        LegacyOutcome.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, null),
    };
}
