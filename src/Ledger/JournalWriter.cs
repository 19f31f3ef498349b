using System.Collections.Concurrent;
using Jpki.Domain;
using Jpki.Domain.Journal;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger;

/// <summary>
/// 日誌の記入: adds to the offices' journals (docs/decisions/0021-journal-in-the-same-sequence.md). Safe for concurrent use; one instance a process.
/// </summary>
public sealed class JournalWriter : IAsyncDisposable
{
    private readonly IStreamWriter _writer;
    private readonly ConcurrentDictionary<JournalPlace, Lazy<JournalDesk>> _desks = [];

    internal JournalWriter(IStreamWriter writer) => _writer = writer;

    /// <summary>Adds an entry, in a transaction that other entries and residents' events share.</summary>
    /// <param name="provenance">Its instant says in which day's stream the entry stands.</param>
    /// <returns>
    /// True when it is durable. False when that is not known, or there is too much to do: whatever the entry is about must not be answered then.
    /// </returns>
    public Task<bool> RecordAsync(JournalPlace place, JournalEvent entry, Provenance provenance) =>
        _desks.GetOrAdd(place, each => new(() => new JournalDesk(_writer, each))).Value.RecordAsync(entry, provenance);

    /// <summary>Ends what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var desk in _desks.Values)
            await desk.Value.DisposeAsync();
    }
}
