using System.Data.Common;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>証拠画像の保管: images of identity documents (S26), by their hash. Added to and never changed. Safe for concurrent use.</summary>
public sealed class EvidenceStore
{
    private readonly LedgerStore _store;
    private readonly TimeProvider _clock;

    internal EvidenceStore(LedgerStore store, TimeProvider clock) => (_store, _clock) = (store, clock);

    /// <summary>Stores octets; durable when it returns. The same octets again change nothing.</summary>
    /// <returns>Their description; none when <see cref="Evidence.Of"/> does not take them, and nothing was stored.</returns>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not; storing again tells.</exception>
    public async Task<Evidence?> SaveAsync(MunicipalityCode municipality, ReadOnlyMemory<byte> content, CancellationToken cancellation = default)
    {
        if (Evidence.Of(content.Span) is not { } evidence)
            return null;

        try
        {
            await using var insert = Command(
                $"insert into {EvidenceTable.FullName} (municipality, sha256, media_type, content, stored_at) values ($1, $2, $3, $4, $5) on conflict do nothing",
                municipality.Value, evidence.Sha256, evidence.MediaType, content, _clock.GetUtcNow());
            await insert.ExecuteNonQueryAsync(cancellation);
            return evidence;
        }
        catch (Exception e) when (IsBrokenWire(e))
        {
            throw new LedgerOutcomeUnknownException(e);
        }
    }

    /// <summary>True when the municipality holds all of these, as they are described.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<bool> HoldsAsync(MunicipalityCode municipality, IReadOnlyCollection<Evidence> wanted, CancellationToken cancellation = default)
    {
        foreach (var each in wanted)
        {
            var held = await ReadingAsync(async () =>
            {
                await using var query = Command(
                    $"select exists (select from {EvidenceTable.FullName} where municipality = $1 and sha256 = $2 and media_type = $3 and length(content) = $4)",
                    municipality.Value, each.Sha256, each.MediaType, each.Bytes);
                return await query.ExecuteScalarAsync(cancellation) is true;
            });
            if (!held)
                return false;
        }

        return true;
    }

    /// <summary>The octets with this hash; none when there are none.</summary>
    /// <param name="municipality">Whose; none for whoever may see those of all.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">The octets are not those that were stored.</exception>
    public async Task<StoredEvidence?> ReadAsync(MunicipalityCode? municipality, string sha256, CancellationToken cancellation = default)
    {
        var content = await ReadingAsync(async () =>
        {
            await using var query = Command(
                $"select content from {EvidenceTable.FullName} where sha256 = $1 and ($2 = '' or municipality = $2) limit 1",
                sha256, municipality?.Value ?? "");
            return await query.ExecuteScalarAsync(cancellation) as byte[];
        });
        if (content is null)
            return null;

        return Evidence.Of(content) is { } evidence && evidence.Sha256 == sha256
            ? new(evidence, content)
            : throw new LedgerDamagedException("Evidence in the ledger does not have the hash it is stored under.");
    }

    private NpgsqlCommand Command(string text, params ReadOnlySpan<object> values)
    {
        var command = _store.Source.CreateCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (IsBrokenWire(e))
        {
            throw new LedgerUnavailableException(e);
        }
    }

    private static bool IsBrokenWire(Exception e) => e is DbException or TimeoutException;
}

/// <summary>Evidence with its octets. Personal data.</summary>
public sealed record StoredEvidence(Evidence Evidence, ReadOnlyMemory<byte> Content);
