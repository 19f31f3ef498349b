using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;
using Npgsql;

namespace Jpki.Ledger.Tests.Support;

/// <summary>The event tables as an export's events, straight from SQL, and what was once made a leaf of: all that tampering can be measured against.</summary>
internal sealed class TableExport
{
    private const string Rows =
        """
        select seq_id, stream_id, version, type, id, "timestamp", causation_id, headers::text, data::text
        from ledger.mt_events where starts_with(stream_id, $1) order by seq_id
        """;

    private readonly SortedDictionary<long, (long Index, TreeHash Leaf)> _leaves = [];

    /// <summary>Leaves by sequence, as they were made.</summary>
    public IDictionary<long, (long Index, TreeHash Leaf)> Leaves => _leaves;

    /// <summary>Every event becomes a leaf, in the order of the sequence.</summary>
    public async Task ProveAsync(NpgsqlConnection connection, string municipality, CancellationToken cancellation)
    {
        _leaves.Clear();
        await foreach (var line in ReadAsync(connection, municipality, cancellation))
            _leaves.Add(line.Sequence, (_leaves.Count, line.ToLeafRecord().ToLeaf()));
    }

    /// <summary>What an honest exporter writes of the tables as they are now.</summary>
    public async IAsyncEnumerable<ExportLine> LinesAsync(
        NpgsqlConnection connection, string municipality, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var waiting = new Queue<KeyValuePair<long, (long Index, TreeHash Leaf)>>(_leaves);
        await foreach (var line in ReadAsync(connection, municipality, cancellation))
        {
            while (waiting.TryPeek(out var gone) && gone.Key < line.Sequence)
                yield return Missing(waiting.Dequeue());
            if (waiting.TryPeek(out var leaf) && leaf.Key == line.Sequence)
                yield return line with { Index = leaf.Value.Index, Leaf = waiting.Dequeue().Value.Leaf };
            else
                yield return new StrayEvent(line.Sequence, line.Stream, line.Version, line.Type);
        }

        while (waiting.Count > 0)
            yield return Missing(waiting.Dequeue());
    }

    /// <summary>The events as they stand; of no leaf yet.</summary>
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

    private static MissingEvent Missing(KeyValuePair<long, (long Index, TreeHash Leaf)> leaf) => new(leaf.Value.Index, leaf.Key, leaf.Value.Leaf);
}
