using System.Text.Json;
using Jpki.Domain.Json;

namespace Jpki.Silo.Reports;

/// <summary>One object: which report, of which days, and <c>rows</c> with codes. An answer that does not end in a closing brace broke off.</summary>
internal sealed class JsonFormat : ReportFormat
{
    private const int FlushAt = 16 * 1024;

    public override string Name => "json";

    public override string MediaType => "application/json";

    public override async Task WriteAsync(Stream to, ReportTable table, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = Contract.Options.Encoder });
        json.WriteStartObject();
        json.WriteString("report", table.Report.Name);
        json.WriteString("from", Lists.Text(table.Scope.From));
        json.WriteString("to", Lists.Text(table.Scope.To));
        json.WriteStartArray("rows");
        await foreach (var row in table.Rows.WithCancellation(cancellation))
        {
            Write(json, table.Report, row);
            if (json.BytesPending >= FlushAt)
                await json.FlushAsync(cancellation);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }

    private static void Write(Utf8JsonWriter json, Report report, object?[] row)
    {
        json.WriteStartObject();
        foreach (var (column, value) in report.Columns.Zip(row))
        {
            json.WritePropertyName(column.Name);
            if (value is long number)
                json.WriteNumberValue(number);
            else
                json.WriteStringValue((string?)value);
        }

        json.WriteEndObject();
    }
}
