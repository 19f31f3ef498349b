using System.Data;
using Jpki.Domain;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger;

/// <summary>
/// 失効リストの発行と保管: one list at a time for each scope, across silos, from one snapshot of the register. A list is published whole, with its
/// number, or not at all, wherever a process dies. Safe for concurrent use.
/// </summary>
public sealed class RevocationListStore
{
    // A publisher that was stopped in the middle keeps others of its scope waiting for no longer than this; building takes seconds.
    private const string LongestPause = "10min";

    private readonly LedgerStore _store;

    internal RevocationListStore(LedgerStore store) => _store = store;

    /// <summary>Publishes the list that is due, if one is.</summary>
    /// <param name="now">When it is published, for the journal.</param>
    /// <param name="due">Which list is due; none for none, and then nothing is built. No publisher of the scope comes between this and the list.</param>
    /// <param name="build">Builds and signs the list.</param>
    /// <returns>What was published; none when nothing was due.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer; nothing was published.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Published or not; the next attempt sees which.</exception>
    /// <exception cref="InvalidOperationException">The file is not the one that the builder hashed; nothing was published.</exception>
    public async Task<PublishedList?> PublishAsync(
        RevocationListScope scope,
        DateTimeOffset now,
        Func<ListState, ListKind?> due,
        Func<ListDraft, CancellationToken, Task<BuiltList>> build,
        CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);

        // Before the transaction: its snapshot must be younger than the last publisher's commit.
        await using var turn = await PublishersTurn.TakeAsync(connection, scope, cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.RepeatableRead, cancellation);
        await connection.Statement($"set local idle_in_transaction_session_timeout = '{LongestPause}'").RunAsync(cancellation);

        var desk = await PublishersDesk.OpenAsync(connection, scope, cancellation);
        if (due(desk.State) is not { } wanted)
            return null;

        var draft = desk.Draft(wanted);
        var list = await desk.StoreAsync(draft, await build(draft, cancellation), now, cancellation);
        await transaction.CommittedAsync(cancellation);
        return list;
    }

    /// <summary>The newest list of a kind; none before the first.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public async Task<PublishedList?> LatestAsync(RevocationListScope scope, ListKind kind, CancellationToken cancellation = default)
    {
        await using var connection = await _store.Source.ConnectAsync(cancellation);
        return (await StoredList.LastAsync(connection, scope, kind, cancellation))?.List;
    }

    /// <summary>Writes the DER of a list, of which never more than a part is in memory.</summary>
    /// <returns>False when they are no longer kept, two newer full lists having been published; nothing was written then.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer; a part may have been written.</exception>
    public async Task<bool> CopyToAsync(PublishedList list, Stream target, CancellationToken cancellation = default)
    {
        await using var query = _store.Source.Statement(
            $"select content from {RevocationListPartTable.FullName} where authority_key = $1 and municipality = $2 and number = $3 order by part",
            list.Scope.AuthorityKeyId, list.Scope.Municipality.Value, list.Number);
        try
        {
            await using var reader = await query.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                await using var part = reader.GetStream(0);
                await part.CopyToAsync(target, cancellation);
            }

            return reader.HasRows;
        }
        catch (Exception e) when (Wire.IsBroken(e))
        {
            throw new LedgerUnavailableException(e);
        }
    }
}
