using Jpki.Audit.Records;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Proofs;

/// <summary>An event as the database has it: what leaves and exports are made of. Octets, because they are hashed and not understood.</summary>
internal sealed record StoredRow(
    long Sequence, string Stream, long Version, string Type, Guid Id, DateTimeOffset RecordedAt, string Causation, byte[] Headers, byte[] Body)
{
    public const string Columns = "seq_id, stream_id, version, type, id, timestamp, coalesce(causation_id, ''), coalesce(headers, 'null'), data";

    /// <summary>Numbers that failed appends used up, which Marten marks, are no events.</summary>
    public const string FromEvents = $"{LedgerStore.SchemaName}.mt_events where type <> 'tombstone'";

    /// <summary>How many columns.</summary>
    public const int Count = 9;

    /// <param name="first">Where its columns begin.</param>
    public static StoredRow Read(NpgsqlDataReader row, int first = 0) => new(
        row.GetInt64(first),
        row.GetString(first + 1),
        row.GetInt64(first + 2),
        row.GetString(first + 3),
        row.GetGuid(first + 4),
        row.GetFieldValue<DateTimeOffset>(first + 5),
        row.GetString(first + 6),
        row.GetFieldValue<byte[]>(first + 7),
        row.GetFieldValue<byte[]>(first + Count - 1));

    public LeafRecord ToLeafRecord(ReadOnlySpan<byte> salt) => new(
        Sequence, Stream, Version, Type, Id, RecordedAt,
        LeafRecord.OfProvenance(System.Text.Encoding.UTF8.GetBytes(Causation), Headers), LeafRecord.OfBody(salt, Body));
}
