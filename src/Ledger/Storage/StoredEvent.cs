using JasperFx.Events;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;

namespace Jpki.Ledger.Storage;

/// <summary>From Marten's envelope to the domain's record.</summary>
internal static class StoredEvent
{
    /// <summary>
    /// A sequence number given to an append that then failed, which Marten marks so that its daemon does not wait for it. It is no fact
    /// about anybody.
    /// </summary>
    public static bool IsTombstone(IEvent stored) => stored.Data is Tombstone;

    /// <summary>An entry of a journal, which is no fact about a resident either.</summary>
    public static bool IsJournals(IEvent stored) => stored.Data is JournalEvent && JournalStream.IsKey(stored.StreamKey);

    /// <exception cref="LedgerDamagedException">Not an event of a resident, or without its provenance.</exception>
    public static Recorded ToRecorded(IEvent stored) => new(
        ResidentId.TryParse(stored.StreamKey, null, out var resident) ? resident : throw Foreign(stored),
        stored.Version,
        stored.Data as ResidentEvent ?? throw Foreign(stored),
        StoredProvenance.Read(stored));

    /// <exception cref="LedgerDamagedException">Not an entry of a journal, or without its provenance.</exception>
    public static Journalled ToJournalled(IEvent stored) => new(
        stored.Sequence,
        JournalStream.IsKey(stored.StreamKey) ? stored.StreamKey! : throw Foreign(stored),
        stored.Version,
        stored.Data as JournalEvent ?? throw Foreign(stored),
        StoredProvenance.Read(stored));

    private static LedgerDamagedException Foreign(IEvent stored) =>
        new($"What stands at sequence {stored.Sequence} does not belong into its stream.");
}
