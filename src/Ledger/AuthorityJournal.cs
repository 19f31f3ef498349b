using System.Text.Json;
using Jpki.Domain.Json;
using Jpki.Ledger.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger;

/// <summary>
/// 認証局の業務日誌: what the authorities do apart from residents: lists published, responder certificates issued, incidents, ceremonies. Added to
/// and never changed; no personal data. Safe for concurrent use.
/// </summary>
public sealed class AuthorityJournal
{
    /// <summary>A revocation list was published. Written by the ledger itself, in the transaction of the list.</summary>
    public const string ListPublished = "revocation-list-published";

    private readonly LedgerStore _store;

    internal AuthorityJournal(LedgerStore store) => _store = store;

    /// <summary>Adds an entry; durable when it returns.</summary>
    /// <param name="what">In kebab case, e.g. <c>responder-certificate-issued</c>.</param>
    /// <param name="authorityKeyId">Of which generation of an authority; none for what concerns no single one.</param>
    /// <param name="body">An object, written by the JSON contract.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer; the entry may have been added.</exception>
    public Task RecordAsync(string what, string? authorityKeyId, DateTimeOffset at, object body, CancellationToken cancellation = default) =>
        InsertAsync(text => _store.Source.CreateCommand(text), what, authorityKeyId, at, body, cancellation);

    /// <summary>All entries, oldest first, as a stream.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public IAsyncEnumerable<JournalEntry> ReadAsync(CancellationToken cancellation = default) => Wire.RowsAsync(
        () => _store.Source.Statement($"select id, at, authority_key, what, body from {AuthorityJournalTable.FullName} order by id"),
        reader => new JournalEntry(
            reader.GetInt64(0),
            reader.GetFieldValue<DateTimeOffset>(1),
            reader.IsDBNull(2) ? null : reader.GetString(2),
            reader.GetString(3),
            JsonElement.Parse(reader.GetFieldValue<byte[]>(4))),
        cancellation);

    internal static async Task InsertAsync(
        Func<string, NpgsqlCommand> statement, string what, string? authorityKeyId, DateTimeOffset at, object body, CancellationToken cancellation)
    {
        var insert = statement($"insert into {AuthorityJournalTable.FullName} (at, authority_key, what, body) values ($1, $2, $3, $4)");
        insert.Parameters.AddWithValue(at.ToUniversalTime());
        insert.Parameters.AddWithValue((object?)authorityKeyId ?? DBNull.Value);
        insert.Parameters.AddWithValue(what);
        insert.Parameters.AddWithValue(NpgsqlDbType.Jsonb, JsonSerializer.SerializeToUtf8Bytes(body, Contract.Options));
        await insert.RunAsync(cancellation);
    }
}

/// <param name="Id">In the order of recording; numbers may be missing.</param>
/// <param name="AuthorityKeyId">None where it concerns no single authority.</param>
public sealed record JournalEntry(long Id, DateTimeOffset At, string? AuthorityKeyId, string What, JsonElement Body);
