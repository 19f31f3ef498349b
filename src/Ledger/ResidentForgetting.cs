using System.Data;
using System.Security.Cryptography;
using System.Text.Json;
using Jpki.Audit.Records;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Ledger.Proofs;
using Jpki.Ledger.Storage;
using Marten.Services;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>
/// 個人情報の消去: masks a resident's attributes in the event tables, once the rule allows it (<see cref="Forgetting"/>). The leaves stay: what they commit
/// to is kept in place of the salt, which is forgotten, so nobody can try out what a body was. Safe for concurrent use.
/// </summary>
public sealed class ResidentForgetting
{
    private readonly LedgerStore _store;
    private readonly ResidentLedger _ledger;

    internal ResidentForgetting(LedgerStore store, ResidentLedger ledger) => (_store, _ledger) = (store, ledger);

    /// <summary>Forgets a resident, in one transaction: all of it or nothing.</summary>
    /// <param name="place">Whose journal tells it.</param>
    /// <param name="provenance">Who, when and by which command; the rule is asked for its instant.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer; nothing was changed.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Forgotten or not; again it is done at most once.</exception>
    public async Task<ForgettingOutcome> ForgetAsync(
        ResidentId resident, JournalPlace place, Provenance provenance, CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.ReadCommitted, cancellation);
        // Appends wait from here on, so nothing comes between the rule and the masking.
        await connection.Statement($"select from {LedgerStore.SchemaName}.mt_streams where id = $1 for update", resident.Value).RunAsync(cancellation);
        var history = await _ledger.ReadAsync(resident, cancellation);
        var state = ResidentHistory.Empty.With(history).State;
        if (Forgetting.Check(state, history is [.., var last] ? last.Provenance.At : default, provenance.At) is { } refusal)
            return new ForgettingOutcome.Refused(refusal);

        var stored = await StoredAsync(connection, resident, cancellation);
        if (stored.FirstOrDefault(each => !each.IsProven) is { } doubtful)
            return new ForgettingOutcome.NotProven(doubtful.Row.Version);
        var open = stored.Where(each => each.Commitment is null).ToArray();
        if (open.Length == 0)
            return new ForgettingOutcome.Forgotten(0);

        var masked = Forgetting.Mask(history.Select(each => each.Event));
        var bodies = await MaskAsync(connection, open, masked, cancellation);
        await ChangeSaltAsync(connection, resident, cancellation);
        await using var session = _store.Documents.LightweightSession(SessionOptions.ForTransaction(transaction));
        session.Enlist(new StreamAppend(
            JournalStream.New(place, Jst.DayOf(provenance.At)).Key, 0, [new NewEvent(new BodiesMasked(resident, bodies), provenance)], KeptRows.AsBefore));
        await Wire.ReadingAsync(async () =>
        {
            await session.SaveChangesAsync(cancellation);
            return bodies.Count;
        });
        await transaction.CommittedAsync(cancellation);
        return new ForgettingOutcome.Forgotten(bodies.Count);
    }

    private static async Task<List<StoredProof>> StoredAsync(NpgsqlConnection connection, ResidentId resident, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => connection.Statement(
                $"""
                select {StoredRow.Columns}, (select hash from {LeafTable.FullName} where sequence = seq_id),
                    (select salt from {SaltTable.FullName} where stream = stream_id), (select commitment from {CommitmentTable.FullName} where sequence = seq_id)
                from {StoredRow.FromEvents} and stream_id = $1 order by version
                """,
                resident.Value),
            row => new StoredProof(StoredRow.Read(row), Octets(row, 0), Octets(row, 1), Octets(row, 2)), cancellation)
        .ToListAsync(cancellation);

    private static byte[]? Octets(NpgsqlDataReader row, int after) =>
        row.IsDBNull(StoredRow.Count + after) ? null : row.GetFieldValue<byte[]>(StoredRow.Count + after);

    /// <param name="masked">The whole stream.</param>
    /// <returns>What the bodies are now, as the database writes them.</returns>
    private static async Task<IReadOnlyList<MaskedBody>> MaskAsync(
        NpgsqlConnection connection, StoredProof[] open, IReadOnlyList<ResidentEvent> masked, CancellationToken cancellation)
    {
        var sequences = open.Select(each => each.Row.Sequence).ToArray();
        await connection
            .Statement(
                $"insert into {CommitmentTable.FullName} (sequence, commitment) select * from unnest($1::bigint[], $2::bytea[])",
                sequences, open.Select(each => LeafRecord.OfBody(each.Salt, each.Row.Body).ToArray()).ToArray())
            .RunAsync(cancellation);
        var bodies = open.Select(each => masked[(int)each.Row.Version - 1]).Select(each => JsonSerializer.Serialize(each, each.GetType(), Contract.Options));
        return await Wire
            .RowsAsync(
                () => connection.Statement(
                    $"""
                    update {LedgerStore.SchemaName}.mt_events set data = masked.body::jsonb
                    from unnest($1::bigint[], $2::text[]) as masked (sequence, body) where seq_id = masked.sequence returning version, data
                    """,
                    sequences, bodies.ToArray()),
                row => new MaskedBody(row.GetInt64(0), Convert.ToHexStringLower(SHA256.HashData(row.GetFieldValue<byte[]>(1)))), cancellation)
            .OrderBy(each => each.Version)
            .ToListAsync(cancellation);
    }

    /// <summary>What is recorded of the resident later on has another salt.</summary>
    private static Task<int> ChangeSaltAsync(NpgsqlConnection connection, ResidentId resident, CancellationToken cancellation) => connection
        .Statement($"update {SaltTable.FullName} set salt = $2 where stream = $1", resident.Value, RandomNumberGenerator.GetBytes(LeafRecord.SaltSize))
        .RunAsync(cancellation);

    /// <summary>An event with all that its leaf is made of.</summary>
    private sealed record StoredProof(StoredRow Row, byte[]? Leaf, byte[]? Salt, byte[]? Commitment)
    {
        /// <summary>It has a leaf, and is what the leaf says; of what was masked before, only that it has one.</summary>
        public bool IsProven => Leaf is not null && (Commitment is not null
            || (Salt is not null && Row.ToLeafRecord(Salt).ToLeaf().Span.SequenceEqual(Leaf)));
    }
}

/// <summary>What became of forgetting a resident. A closed set.</summary>
public abstract record ForgettingOutcome
{
    private ForgettingOutcome()
    {
    }

    /// <param name="Events">Bodies masked now; none when all were before.</param>
    public sealed record Forgotten(int Events) : ForgettingOutcome;

    /// <summary>The rule forbids it; nothing was changed.</summary>
    public sealed record Refused(Refusal Refusal) : ForgettingOutcome;

    /// <summary>An event has no leaf yet, or is not what its leaf says: nothing is masked that could hide an alteration.</summary>
    /// <param name="Version">Of the first such event.</param>
    public sealed record NotProven(long Version) : ForgettingOutcome;
}
