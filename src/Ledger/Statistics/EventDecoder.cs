using System.Text.Json;
using Jpki.Audit.Replay;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Statistics;

/// <summary>From a row to the domain's record. What this program does not know stops the fold: an event passed over is never found again.</summary>
internal static class EventDecoder
{
    /// <returns>None for an event that the fold does not heed.</returns>
    /// <exception cref="LedgerDamagedException">Not an event that this program knows, of another kind of stream, or without its provenance.</exception>
    public static Decoded? Decode(EventRow row)
    {
        if (!StoredNames.Events.TryGetValue(row.Type, out var type) && !StoredNames.JournalEvents.TryGetValue(row.Type, out type))
            throw Foreign(row);
        if (type.IsSubclassOf(typeof(JournalEvent)) != JournalStream.IsKey(row.Stream))
            throw Foreign(row);
        if (StatisticsFold.Unheeded.Contains(type))
            return null;

        try
        {
            return JsonSerializer.Deserialize(row.Body, type, Contract.Options) switch
            {
                ResidentEvent happened => new Decoded.OfResident(new(ResidentId.Parse(row.Stream), row.Version, happened, Provenance(row))),
                JournalEvent entry => new Decoded.OfJournal(JournalStream.MunicipalityOf(row.Stream), entry, Provenance(row)),
                _ => throw Foreign(row),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentNullException or InvalidOperationException)
        {
            // The cause's text may quote the body, which is personal data.
            throw new LedgerDamagedException($"What stands at sequence {row.Sequence} can't be read ({e.GetType().Name}).");
        }
    }

    private static LedgerDamagedException Foreign(EventRow row) =>
        new($"What stands at sequence {row.Sequence} does not belong into its stream.");

    private static Provenance Provenance(EventRow row) => ProvenanceHeaders.Read(row.Headers).ToProvenance(CommandId.Parse(row.CausationId!));
}

/// <summary>What the fold heeds.</summary>
internal abstract record Decoded
{
    private Decoded()
    {
    }

    public sealed record OfResident(Recorded Recorded) : Decoded;

    public sealed record OfJournal(MunicipalityCode Municipality, JournalEvent Entry, Provenance Provenance) : Decoded;
}
