using System.Data.Common;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Ledger.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger;

/// <summary>一括失効の保管: proposed lists of certificates, the second officer's word, and how far the work is. Safe for concurrent use.</summary>
public sealed class BulkStore
{
    private const string Waiting = "count(*) filter (where l.outcome = 'Waiting')::int";

    private const string Selected =
        $"""
         select b.proposed, b.decision, {Waiting}, count(*) filter (where l.outcome = 'Rejected')::int,
                count(*) filter (where l.outcome = 'Done')::int, count(*) filter (where l.outcome = 'Failed')::int
         from {BulkTable.FullName} b join {BulkLineTable.FullName} l on l.bulk = b.id
         """;

    private readonly LedgerStore _store;

    internal BulkStore(LedgerStore store) => _store = store;

    /// <summary>Stores a proposal with all its lines, or nothing; durable when it returns.</summary>
    /// <returns>False when there is one of this id already, and nothing was stored.</returns>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not; storing again tells.</exception>
    public Task<bool> SaveAsync(BulkRevocation bulk, IReadOnlyList<BulkLineState> lines, CancellationToken cancellation = default) => WritingAsync(async () =>
    {
        await using var connection = await _store.Source.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var head = Command(
            connection,
            $"insert into {BulkTable.FullName} (id, municipality, proposed_at, proposed) values ($1, $2, $3, $4) on conflict do nothing",
            bulk.Id.Value, bulk.Municipality.Value, bulk.ProposedAt.ToUniversalTime(), Json(bulk));
        if (await head.ExecuteNonQueryAsync(cancellation) == 0)
            return false;

        await using var rows = Command(
            connection,
            $"insert into {BulkLineTable.FullName} select $1, * from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::jsonb[])",
            bulk.Id.Value,
            lines.Select(each => each.Number).ToArray(),
            lines.Select(each => each.Line?.Resident.Value).ToArray(),
            lines.Select(each => each.Line?.Serial.Value).ToArray(),
            lines.Select(each => each.Outcome.ToString()).ToArray(),
            lines.Select(each => each.Why is { } why ? JsonSerializer.Serialize(why, Contract.Options) : null).ToArray());
        await rows.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    });

    /// <summary>The bulk revocation of this id, or none.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<StoredBulk?> FindAsync(CommandId id, CancellationToken cancellation = default) =>
        (await SelectAsync("where b.id = $1 group by b.id", cancellation, id.Value)).SingleOrDefault();

    /// <summary>Those that await the second officer, even past their day, or are not carried out to the end; the oldest first.</summary>
    /// <param name="municipality">None for all.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<IReadOnlyList<StoredBulk>> OpenAsync(MunicipalityCode? municipality, CancellationToken cancellation = default) => SelectAsync(
        $"""
         where $1 in ('', b.municipality) group by b.id
         having b.decision is null or ((b.decision->>'confirmed')::bool and {Waiting} > 0)
         """,
        cancellation,
        municipality?.Value ?? "");

    /// <summary>Records the second officer's word, once.</summary>
    /// <returns>False when another was first, or there is none of this id.</returns>
    /// <exception cref="LedgerOutcomeUnknownException">Recorded or not; recording again tells.</exception>
    public Task<bool> DecideAsync(CommandId id, BulkDecision decision, CancellationToken cancellation = default) => WritingAsync(async () =>
    {
        await using var update = Command(
            null, $"update {BulkTable.FullName} set decision = $2 where id = $1 and decision is null", id.Value, Json(decision));
        return await update.ExecuteNonQueryAsync(cancellation) == 1;
    });

    /// <summary>All lines, as numbered.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<IReadOnlyList<BulkLineState>> LinesAsync(CommandId id, CancellationToken cancellation = default) => ReadingAsync(async () =>
    {
        await using var query = Command(
            null, $"select number, resident, serial, outcome, why from {BulkLineTable.FullName} where bulk = $1 order by number", id.Value);
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var lines = new List<BulkLineState>();
        while (await rows.ReadAsync(cancellation))
            lines.Add(LineOf(rows));
        return (IReadOnlyList<BulkLineState>)lines;
    });

    /// <summary>Records what became of a line that waited; of one that does not, nothing.</summary>
    /// <exception cref="LedgerOutcomeUnknownException">Recorded or not; recording again is harmless.</exception>
    public Task<bool> MarkAsync(CommandId id, int number, BulkOutcome outcome, Refusal? why, CancellationToken cancellation = default) => WritingAsync(async () =>
    {
        await using var update = Command(
            null,
            $"update {BulkLineTable.FullName} set outcome = $3, why = $4 where bulk = $1 and number = $2 and outcome = 'Waiting'",
            id.Value, number, outcome.ToString(), Json(why));
        return await update.ExecuteNonQueryAsync(cancellation) == 1;
    });

    private Task<IReadOnlyList<StoredBulk>> SelectAsync(string which, CancellationToken cancellation, params object[] values) => ReadingAsync(async () =>
    {
        await using var query = Command(null, $"{Selected} {which} order by b.proposed_at, b.id", values);
        await using var rows = await query.ExecuteReaderAsync(cancellation);
        var found = new List<StoredBulk>();
        while (await rows.ReadAsync(cancellation))
        {
            var bulk = JsonSerializer.Deserialize<BulkRevocation>(rows.GetString(0), Contract.Options)!;
            var decision = rows.IsDBNull(1) ? null : JsonSerializer.Deserialize<BulkDecision>(rows.GetString(1), Contract.Options);
            found.Add(new(bulk with { Decision = decision }, new(rows.GetInt32(2), rows.GetInt32(3), rows.GetInt32(4), rows.GetInt32(5))));
        }

        return (IReadOnlyList<StoredBulk>)found;
    });

    private static BulkLineState LineOf(NpgsqlDataReader row)
    {
        var number = row.GetInt32(0);
        var line = row.IsDBNull(1) ? null : new BulkLine(number, ResidentId.Parse(row.GetString(1)), SerialNumber.Parse(row.GetString(2)));
        var why = row.IsDBNull(4) ? null : JsonSerializer.Deserialize<Refusal>(row.GetString(4), Contract.Options);
        return new(number, line, Enum.Parse<BulkOutcome>(row.GetString(3)), why);
    }

    private NpgsqlCommand Command(NpgsqlConnection? connection, string text, params ReadOnlySpan<object> values)
    {
        var command = connection is null ? _store.Source.CreateCommand(text) : new NpgsqlCommand(text, connection);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    private static NpgsqlParameter Json<T>(T? value) => new()
    {
        NpgsqlDbType = NpgsqlDbType.Jsonb,
        Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, Contract.Options),
    };

    private static async Task<T> WritingAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new LedgerOutcomeUnknownException(e);
        }
    }

    private static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new LedgerUnavailableException(e);
        }
    }
}

/// <summary>A bulk revocation with how far it is.</summary>
public sealed record StoredBulk(BulkRevocation Bulk, BulkProgress Progress);

/// <summary>進捗: lines, by what became of them.</summary>
/// <param name="Remaining">Accepted and not carried out.</param>
/// <param name="Rejected">Refused as it was proposed.</param>
/// <param name="Failed">Refused as it was carried out.</param>
public sealed record BulkProgress(int Remaining, int Rejected, int Done, int Failed);
