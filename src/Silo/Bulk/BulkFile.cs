using CsvHelper;
using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Bulk;

/// <summary>
/// 一括失効のファイル: CSV (RFC 4180, UTF-8) with a header that names <c>resident</c> and <c>serial</c>, in any order; other columns are not looked
/// at and not kept. No field spans lines, so that a forgotten quotation mark spoils its own line only.
/// </summary>
public static class BulkFile
{
    /// <returns>What follows the header, blank lines left out, each either waiting or rejected; null when the first line does not name the columns.</returns>
    public static async Task<IReadOnlyList<BulkLineState>?> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var malformed = new HashSet<long>();
        using var csv = CsvReader.Create(
            stream,
            new CsvReaderOptions
            {
                Separator = ',',
                TrimWhitespace = true,
                AllowLineBreaksInQuotes = false,
                TrackLineNumbers = true,
                IncludeValuesInExceptions = false,
                OnMalformedRecord = record => malformed.Add(record.LineNumber),
            });
        await csv.ReadHeaderAsync(cancellation);
        if (!csv.TryGetFieldIndex("resident", out var resident) || !csv.TryGetFieldIndex("serial", out var serial))
            return null;

        var (lines, seen) = (new List<BulkLineState>(), new HashSet<(ResidentId, SerialNumber)>());
        while (await csv.ReadAsync(cancellation))
        {
            var number = (int)csv.LineNumber;
            lines.Add(malformed.Contains(number) || csv.FieldCount != csv.Headers.Count
                ? Rejected(number, null, BulkRefusals.LineUnreadable())
                : Read(number, csv.GetString(resident), csv.GetString(serial), seen));
        }

        return lines;
    }

    private static BulkLineState Read(int number, string residentText, string serialText, HashSet<(ResidentId, SerialNumber)> seen)
    {
        if (!ResidentId.TryParse(residentText, null, out var resident))
            return Rejected(number, null, BulkRefusals.MalformedResident());
        if (!SerialNumber.TryParse(serialText.ToLowerInvariant(), null, out var serial))
            return Rejected(number, null, BulkRefusals.MalformedSerial());

        var line = new BulkLine(number, resident, serial);
        return seen.Add((resident, serial)) ? new(number, line, BulkOutcome.Waiting) : Rejected(number, line, BulkRefusals.LineRepeated());
    }

    private static BulkLineState Rejected(int number, BulkLine? line, Refusal why) => new(number, line, BulkOutcome.Rejected, why);
}
