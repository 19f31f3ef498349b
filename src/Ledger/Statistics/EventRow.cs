using System.Runtime.CompilerServices;
using Jpki.Domain.Json;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>An event as it stands in the database, with its body only where the fold heeds it.</summary>
internal sealed record EventRow(
    long Sequence, string Stream, long Version, string Type, Guid Id, string? CausationId = null, byte[]? Headers = null, byte[]? Body = null);

/// <summary>Reads the ledger's rows past Marten, whose envelopes cost more than the fold.</summary>
internal static class EventRows
{
    private const string Light = "seq_id, stream_id, version, type, id";

    // Marten's mark for a number that a failed append used up; it is no event.
    private const string Events = $"{LedgerStore.SchemaName}.mt_events where type <> 'tombstone'";

    private static readonly string _heeded =
        string.Join(", ", StoredNames.Events.Concat(StoredNames.JournalEvents)
            .Where(each => !StatisticsFold.Unheeded.Contains(each.Value)).Select(each => $"'{each.Key}'"));

    /// <summary>What the fold needs of the events after one number up to another, in order.</summary>
    /// <param name="limit">At most so many.</param>
    public static IAsyncEnumerable<EventRow> ReadAsync(
        NpgsqlConnection connection, long after, long upTo, long limit, CancellationToken cancellation) => RowsAsync(
            () => connection.Statement(
                $"""
                select {Light}, wanted, case when wanted then causation_id end, case when wanted then headers end, case when wanted then data end
                from (select *, type in ({_heeded}) as wanted from {Events}) stored
                where seq_id > $1 and seq_id <= $2 order by seq_id limit $3
                """,
                after, upTo, limit),
            row => row.GetBoolean(5)
                ? Read(row) with { CausationId = Optional<string>(row, 6), Headers = Optional<byte[]>(row, 7), Body = Optional<byte[]>(row, 8) }
                : Read(row),
            cancellation);

    /// <summary>That the events are there, without what they say.</summary>
    public static IAsyncEnumerable<EventRow> ReadLightAsync(NpgsqlConnection connection, long after, long upTo, CancellationToken cancellation) =>
        RowsAsync(() => connection.Statement($"select {Light} from {Events} and seq_id > $1 and seq_id <= $2 order by seq_id", after, upTo), Read, cancellation);

    private static async IAsyncEnumerable<EventRow> RowsAsync(
        Func<NpgsqlCommand> query, Func<NpgsqlDataReader, EventRow> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in Wire.RowsAsync(() => query().Patient(), read, cancellation))
            yield return row;
    }

    private static EventRow Read(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetString(3), row.GetGuid(4));

    private static T? Optional<T>(NpgsqlDataReader row, int column)
        where T : class => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
