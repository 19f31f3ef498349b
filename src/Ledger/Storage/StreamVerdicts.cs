using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Looks what stands in the streams where a refused batch wanted to write. It is asked of the tables, because Marten names the first stream
/// of a batch in its exception and not the one that was stale.
/// </summary>
internal static class StreamVerdicts
{
    private const string Query = $"""
        select coalesce(stream.version, 0)::bigint, event.id
        from unnest($1, $2) with ordinality as wanted (id, version, position)
        left join {LedgerStore.SchemaName}.mt_streams stream on stream.id = wanted.id
        left join {LedgerStore.SchemaName}.mt_events event on event.stream_id = wanted.id and event.version = wanted.version + 1
        order by wanted.position
        """;

    /// <summary>Answers those that are decided, in one round trip.</summary>
    /// <returns>The others: their streams are at the expected version.</returns>
    public static async Task<IReadOnlyList<PendingAppend>> AnswerAsync(
        LedgerStore store, IReadOnlyList<PendingAppend> open, CancellationToken cancellation)
    {
        await using var query = store.Source.CreateCommand(Query);
        query.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. open.Select(each => each.Stream)] });
        query.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. open.Select(each => each.ExpectedVersion)] });
        var left = new List<PendingAppend>();
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        foreach (var each in open)
        {
            await rows.ReadAsync(cancellation);
            Guid? standing = await rows.IsDBNullAsync(1, cancellation) ? null : rows.GetGuid(1);
            if (!IsDecided(each, rows.GetInt64(0), standing))
                left.Add(each);
        }

        return left;
    }

    private static bool IsDecided(PendingAppend append, long version, Guid? standing)
    {
        if (standing == append.FirstEventId)
            append.AnswerAppended(); // All of an append's events are stored or none.
        else if (standing is not null)
            append.Answer(StreamOutcome.Conflict);
        else if (version != append.ExpectedVersion && !append.IsInDoubt)
            append.Answer(StreamOutcome.Conflict);
        else
            return false; // In doubt on a stream that is shorter than expected: an earlier attempt may yet fit.

        return true;
    }
}
