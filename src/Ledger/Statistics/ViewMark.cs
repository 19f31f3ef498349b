using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>The view's row, as read.</summary>
/// <param name="Hash">Of what was folded.</param>
/// <param name="Digest">Of the rows that came of it.</param>
/// <param name="Checked">How far the check has read the ledger by itself.</param>
internal sealed record ViewMark(
    int Generation, RunningHash Hash, long Digest, DateTimeOffset FoldedAt, RunningHash Checked, DateTimeOffset? CheckedAt)
{
    public const string Columns =
        "generation, sequence, count, hash, digest, folded_at, checked_sequence, checked_count, checked_hash, checked_at";

    /// <summary>Nothing is folded.</summary>
    public static ViewMark Nothing => new(1, RunningHash.Zero, 0, DateTimeOffset.UnixEpoch, RunningHash.Zero, null);

    public static ViewMark Read(NpgsqlDataReader row) => new(
        row.GetInt32(0),
        new(row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3)),
        row.GetInt64(4),
        row.GetFieldValue<DateTimeOffset>(5),
        new(row.GetInt64(6), row.GetInt64(7), row.GetFieldValue<byte[]>(8)),
        row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9));
}
