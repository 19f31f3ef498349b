using Jpki.Domain;
using Jpki.Domain.Journal;
using Jpki.Ledger;

namespace Jpki.Silo.Journal;

/// <summary>業務日誌 as the doors need it.</summary>
public interface IJournal
{
    /// <returns>True when it is durable; on false, what the entry is about must not be answered.</returns>
    Task<bool> RecordAsync(JournalPlace place, JournalEvent entry, Provenance provenance);
}

/// <summary>The ledger's journals.</summary>
public sealed class LedgerJournal(JournalWriter writer) : IJournal
{
    public Task<bool> RecordAsync(JournalPlace place, JournalEvent entry, Provenance provenance) => writer.RecordAsync(place, entry, provenance);
}
