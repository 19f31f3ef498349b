using System.Runtime.CompilerServices;
using Jpki.Domain.Journal;
using Jpki.Ledger.Storage;
using Marten;
using Marten.Events.Archiving;

namespace Jpki.Ledger;

/// <summary>業務日誌の閲覧: the offices' journals stand in the same sequence as the residents' events, in streams of their own.</summary>
public sealed partial class ResidentLedger
{
    /// <summary>
    /// Entries in the order of the ledger's sequence, as of one instant, as a stream. An entry that is still being committed may turn up later
    /// with a lower sequence; a day that is over is complete.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    /// <exception cref="LedgerDamagedException">A journal holds what this program never wrote.</exception>
    public async IAsyncEnumerable<Journalled> JournalAsync(
        JournalQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (await StreamsAsync(query, cancellation) is not { Length: > 0 } streams)
            yield break;

        await using var session = _store.Documents.QuerySession();
        var entries = session.Events.QueryAllRawEvents()
            .Where(each => each.MaybeArchived() && streams.Contains(each.StreamKey) && each.Sequence > query.After);
        if (query.Kind is { } kind)
            entries = entries.Where(each => each.EventTypeName == kind);
        entries = entries.OrderBy(each => each.Sequence);
        if (query.Most is { } most)
            entries = entries.Take(most);
        await using var stored = entries.ToAsyncEnumerable(cancellation).GetAsyncEnumerator(cancellation);
        while (await ReadingAsync(() => stored.MoveNextAsync().AsTask()))
            yield return StoredEvent.ToJournalled(stored.Current);
    }

    private ValueTask<string[]> StreamsAsync(JournalQuery query, CancellationToken cancellation)
    {
        var prefix = JournalStream.KeysOf(query.Municipality) + (query.Office is { } office ? $"{office}/" : "");
        return Wire.RowsAsync(
            () => _store.Source.Statement(
                $"""
                select id from {LedgerStore.SchemaName}.mt_streams
                where starts_with(id, $1) and split_part(id, '/', 4) collate "C" between $2 and $3
                """,
                prefix, JournalStream.Text(query.From), JournalStream.Text(query.Until)),
            row => row.GetString(0),
            cancellation).ToArrayAsync(cancellation);
    }
}
