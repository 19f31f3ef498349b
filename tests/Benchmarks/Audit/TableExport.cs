using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Jpki.Audit.Records;
using Npgsql;

namespace Jpki.Benchmarks.Audit;

/// <summary>
/// The event tables as an export's events, straight from SQL: a million of them that need not become leaves of the ledger's own tree first.
/// </summary>
internal static class TableExport
{
    private const string Rows =
        """
        select seq_id, stream_id, version, type, id, "timestamp", causation_id, headers::text, data::text
        from ledger.mt_events where starts_with(stream_id, $1) order by seq_id
        """;

    /// <summary>By sequence, with a salt for each stream.</summary>
    public static async IAsyncEnumerable<ExportedEvent> ReadAsync(
        NpgsqlConnection connection, string municipality, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Rows, connection) { CommandTimeout = 600, Parameters = { new() { Value = $"{municipality}-" } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        for (var index = 0L; await reader.ReadAsync(cancellation); index++)
        {
            var stream = reader.GetString(1);
            yield return new(
                index, reader.GetInt64(0), stream, reader.GetInt64(2), reader.GetString(3), reader.GetGuid(4), reader.GetFieldValue<DateTimeOffset>(5),
                reader.IsDBNull(6) ? default : Encoding.UTF8.GetBytes(reader.GetString(6)), reader.GetFieldValue<byte[]>(7),
                SHA256.HashData(Encoding.UTF8.GetBytes(stream)), null, reader.GetFieldValue<byte[]>(8));
        }
    }
}
