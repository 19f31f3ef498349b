using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Silo.Legacy;

/// <summary>A line of the file, read.</summary>
/// <param name="Number">Counted from 1, header and blank lines included, as an editor shows it.</param>
public abstract record LegacyLine(int Number)
{
    /// <summary>Of the right form.</summary>
    public sealed record Entry(int Number, ResidentId Resident, RecordLegacyCertificate Command) : LegacyLine(Number);

    /// <summary>Not to be understood.</summary>
    public sealed record Faulty(int Number, Refusal Problem) : LegacyLine(Number);
}

/// <summary>
/// 移行ファイル: CSV (RFC 4180) with a header that names <c>resident</c>, <c>serial</c> and <c>issued_on</c>, in any order; other columns are
/// not looked at. No field spans lines, so that a forgotten quotation mark spoils its own line only.
/// </summary>
public sealed class LegacyFile : IDisposable
{
    private readonly CsvReader _csv;
    private readonly HashSet<long> _malformed = [];
    private (int Resident, int Serial, int IssuedOn) _column;

    private LegacyFile(Stream stream, Encoding? encoding) => _csv = CsvReader.Create(
        stream,
        new CsvReaderOptions
        {
            Separator = ',',
            Encoding = encoding,
            TrimWhitespace = true,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = record => _malformed.Add(record.LineNumber),
        });

    /// <param name="stream">Closed with the file.</param>
    /// <param name="encoding">Null for UTF-8, with or without a byte order mark.</param>
    /// <returns>Null when the first line does not name the three columns.</returns>
    public static async Task<LegacyFile?> OpenAsync(Stream stream, Encoding? encoding, CancellationToken cancellation)
    {
        var file = new LegacyFile(stream, encoding);
        await file._csv.ReadHeaderAsync(cancellation);
        if (file._csv.TryGetFieldIndex("resident", out file._column.Resident)
            && file._csv.TryGetFieldIndex("serial", out file._column.Serial)
            && file._csv.TryGetFieldIndex("issued_on", out file._column.IssuedOn))
            return file;

        file.Dispose();
        return null;
    }

    /// <summary>What follows the header, blank lines left out; to be read once.</summary>
    public async IAsyncEnumerable<LegacyLine> LinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await _csv.ReadAsync(cancellation))
            yield return Read((int)_csv.LineNumber);
    }

    public void Dispose() => _csv.Dispose();

    private LegacyLine Read(int number)
    {
        if (_malformed.Contains(number) || _csv.FieldCount != _csv.Headers.Count)
            return new LegacyLine.Faulty(number, LegacyProblems.NotARecord());
        if (!ResidentId.TryParse(_csv.GetString(_column.Resident), null, out var resident))
            return new LegacyLine.Faulty(number, LegacyProblems.MalformedResident());
        if (!SerialNumber.TryParse(_csv.GetString(_column.Serial).ToLowerInvariant(), null, out var serial))
            return new LegacyLine.Faulty(number, LegacyProblems.MalformedSerial());

        var day = _csv.GetString(_column.IssuedOn);
        return DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var issuedOn)
            ? new LegacyLine.Entry(number, resident, new RecordLegacyCertificate(serial, issuedOn))
            : new LegacyLine.Faulty(number, LegacyProblems.MalformedDay());
    }
}
