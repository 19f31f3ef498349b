using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Proofs;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger;

/// <summary>監査木: what the ledger can prove of itself, by municipality (RFC 6962). Safe for concurrent use.</summary>
public sealed class AuditTree
{
    private readonly LedgerStore _store;

    internal AuditTree(LedgerStore store) => _store = store;

    /// <summary>The tree as it is; none before its first leaf.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<TreeState?> StateAsync(MunicipalityCode municipality, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => _store.Source.Statement($"select {TreeRow.Columns} from {TreeTable.FullName} where municipality = $1", municipality.Value),
            row => TreeRow.Read(row) is var read ? new TreeState(read.Municipality, read.Tree.Size, read.Tree.Root, read.Sequence) : null, cancellation)
        .FirstOrDefaultAsync(cancellation);

    /// <summary>That a leaf stands in the tree of a size.</summary>
    /// <returns>None where the tree has no such leaf or never had that size.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<IReadOnlyList<TreeHash>?> InclusionAsync(MunicipalityCode municipality, long index, long size, CancellationToken cancellation) =>
        index < 0 || index >= size ? Task.FromResult<IReadOnlyList<TreeHash>?>(null) : AssembleAsync(municipality, ProofPlan.Inclusion(index, size), cancellation);

    /// <summary>That the tree of one size is the beginning of that of another.</summary>
    /// <param name="first">At least 1.</param>
    /// <returns>None where the tree never had one of the sizes.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<IReadOnlyList<TreeHash>?> ConsistencyAsync(MunicipalityCode municipality, long first, long second, CancellationToken cancellation) =>
        first < 1 || second < first ? Task.FromResult<IReadOnlyList<TreeHash>?>(null) : AssembleAsync(municipality, ProofPlan.Consistency(first, second), cancellation);

    /// <summary>Where the leaf of an event stands.</summary>
    /// <returns>None when the tree has no leaf of it.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<long?> IndexOfAsync(MunicipalityCode municipality, long sequence, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => _store.Source.Statement($"select index from {LeafTable.FullName} where sequence = $1 and municipality = $2", sequence, municipality.Value),
            row => (long?)row.GetInt64(0), cancellation)
        .FirstOrDefaultAsync(cancellation);

    /// <summary>The last checkpoint, with its cosignatures; none before the first.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<StoredCheckpoint?> LastCheckpointAsync(MunicipalityCode municipality, CancellationToken cancellation) =>
        CheckpointsAsync(municipality, "order by size desc limit 1", 0, cancellation);

    /// <summary>The checkpoint of a size, with its cosignatures; none where none was made.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<StoredCheckpoint?> CheckpointAsync(MunicipalityCode municipality, long size, CancellationToken cancellation) =>
        CheckpointsAsync(municipality, "and size = $2", size, cancellation);

    /// <summary>Sizes and instants of checkpoints, ascending.</summary>
    /// <param name="after">Size after which they are wanted, exclusive.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<IReadOnlyList<CheckpointMark>> MarksAsync(MunicipalityCode municipality, long after, int most, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => _store.Source.Statement(
                $"select size, at from {CheckpointTable.FullName} where municipality = $1 and size > $2 order by size limit $3", municipality.Value, after, most),
            row => new CheckpointMark(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1)), cancellation)
        .ToListAsync(cancellation);

    /// <summary>Keeps a checkpoint. It is durable before anybody is told of it.</summary>
    /// <returns>False when there is one of that size already; that one counts.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<bool> KeepAsync(MunicipalityCode municipality, Checkpoint checkpoint, SignedNote note, CancellationToken cancellation) => await _store.Source
        .Statement(
            $"insert into {CheckpointTable.FullName} (municipality, size, at, note) values ($1, $2, $3, $4) on conflict do nothing",
            municipality.Value, checkpoint.Size, checkpoint.At.ToUniversalTime(), note.ToString())
        .RunAsync(cancellation) == 1;

    /// <summary>Keeps a witness's line; a second one of the same witness changes nothing.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task KeepAsync(MunicipalityCode municipality, long size, NoteSignature cosignature, CancellationToken cancellation) => _store.Source
        .Statement(
            $"insert into {CosignatureTable.FullName} (municipality, size, witness, line) values ($1, $2, $3, $4) on conflict do nothing",
            municipality.Value, size, cosignature.Name, cosignature.ToString())
        .RunAsync(cancellation);

    private async Task<IReadOnlyList<TreeHash>?> AssembleAsync(MunicipalityCode municipality, ProofPlan plan, CancellationToken cancellation)
    {
        var wanted = plan.Nodes.ToArray();
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        var nodes = await NodeReader.ReadAsync(connection, municipality, wanted, cancellation);
        return nodes.Count == wanted.Length ? plan.Assemble(node => nodes[node]) : null;
    }

    private async Task<StoredCheckpoint?> CheckpointsAsync(MunicipalityCode municipality, string which, long size, CancellationToken cancellation) => await Wire
        .RowsAsync(
            () => _store.Source.Statement(
                $"""
                select size, at, note,
                    (select string_agg(line || E'\n', '' order by witness) from {CosignatureTable.FullName} c where c.municipality = p.municipality and c.size = p.size)
                from {CheckpointTable.FullName} p where municipality = $1 and $2 >= 0 {which}
                """,
                municipality.Value, size),
            row => new StoredCheckpoint(
                row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2) + (row.IsDBNull(3) ? "" : row.GetString(3))), cancellation)
        .FirstOrDefaultAsync(cancellation);
}

/// <summary>A tree at one moment.</summary>
/// <param name="Size">Number of leaves, at least 1.</param>
/// <param name="Sequence">Of the last leaf's event.</param>
public sealed record TreeState(MunicipalityCode Municipality, long Size, TreeHash Root, long Sequence);

/// <summary>A checkpoint as it is handed out.</summary>
/// <param name="Note">With the cosignatures so far.</param>
public sealed record StoredCheckpoint(long Size, DateTimeOffset At, string Note);

/// <summary>That there is a checkpoint.</summary>
public sealed record CheckpointMark(long Size, DateTimeOffset At);
