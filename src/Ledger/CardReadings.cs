using System.Data.Common;
using System.Text.Json;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Ledger.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger;

/// <summary>カードの読み取りの記録: what residents' cards carried when last read. Safe for concurrent use.</summary>
public sealed class CardReadings
{
    private readonly LedgerStore _store;

    internal CardReadings(LedgerStore store) => _store = store;

    /// <summary>Keeps a reading in place of an earlier one; one that is older than what is kept changes nothing.</summary>
    /// <exception cref="LedgerOutcomeUnknownException">Kept or not; sending it again tells.</exception>
    public async Task KeepAsync(ResidentId resident, CardReading reading, OfficeCode office, DateTimeOffset at, CancellationToken cancellation = default)
    {
        try
        {
            await using var keep = _store.Source.CreateCommand($"""
                insert into {CardReadingTable.FullName} as kept (resident, reading, office, read_at) values ($1, $2, $3, $4)
                on conflict (resident) do update set reading = excluded.reading, office = excluded.office, read_at = excluded.read_at
                where kept.read_at <= excluded.read_at
                """);
            keep.Parameters.Add(new NpgsqlParameter { Value = resident.Value });
            keep.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(reading, Contract.Options), NpgsqlDbType = NpgsqlDbType.Jsonb });
            keep.Parameters.Add(new NpgsqlParameter { Value = office.Value });
            keep.Parameters.Add(new NpgsqlParameter { Value = at.ToUniversalTime() });
            await keep.ExecuteNonQueryAsync(cancellation);
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new LedgerOutcomeUnknownException(e);
        }
    }

    /// <summary>The last reading of a resident's card; none when it was never read.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<CardReading?> LastAsync(ResidentId resident, CancellationToken cancellation = default)
    {
        try
        {
            await using var query = _store.Source.CreateCommand($"select reading::text from {CardReadingTable.FullName} where resident = $1");
            query.Parameters.Add(new NpgsqlParameter { Value = resident.Value });
            return await query.ExecuteScalarAsync(cancellation) is string json ? JsonSerializer.Deserialize<CardReading>(json, Contract.Options) : null;
        }
        catch (Exception e) when (e is DbException or TimeoutException)
        {
            throw new LedgerUnavailableException(e);
        }
    }
}
