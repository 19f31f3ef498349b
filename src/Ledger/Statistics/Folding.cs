using System.Runtime.InteropServices;
using Jpki.Domain;
using Jpki.Domain.Journal;
using Jpki.Domain.Statistics;

namespace Jpki.Ledger.Statistics;

/// <summary>畳み込み: events being folded in memory, on top of what was folded before. Not safe for concurrent use.</summary>
/// <param name="hash">Of all that was folded before; goes on in place.</param>
/// <param name="facts">Of the residents, before; go on in place.</param>
internal sealed class Folding(RunningHash hash, Dictionary<string, ResidentFacts> facts)
{
    private static readonly string _masked = StoredNameAttribute.Of(typeof(BodiesMasked)).Name;

    /// <summary>Of everything since the first event of the ledger.</summary>
    public RunningHash Hash => hash;

    /// <summary>What these events added.</summary>
    public CellSums Cells { get; } = new();

    /// <summary>Of all residents known, as they are now.</summary>
    public IReadOnlyDictionary<string, ResidentFacts> Facts => facts;

    /// <summary>Residents whose facts these events changed.</summary>
    public HashSet<string> Changed { get; } = [];

    /// <exception cref="LedgerDamagedException">The event is not one that this program can count.</exception>
    public void Add(EventRow row)
    {
        switch (EventDecoder.Decode(row))
        {
            case Decoded.OfResident { Recorded: var recorded }:
                Add(row.Stream, recorded);
                break;
            case Decoded.OfJournal journal:
                StatisticsFold.Add(journal.Municipality, journal.Entry, journal.Provenance, Cells);
                if (journal.Entry is BodiesMasked masked)
                    Change(masked.Resident.Value, StatisticsFold.Masked);
                break;
        }

        hash.Add(row);
    }

    /// <summary>The sum over all rows, where these events are all that was ever folded.</summary>
    public long DigestOfAll()
    {
        var digest = 0L;
        foreach (var (key, sum) in Cells.All)
            digest = unchecked(digest + ContentDigest.Of(key, sum));
        foreach (var (resident, known) in facts)
            digest = unchecked(digest + (ReferenceEquals(known, ResidentFacts.None) ? 0 : ContentDigest.Of(ResidentRow.Of(resident, known))));
        return digest;
    }

    /// <summary>Whose facts the events may change.</summary>
    /// <exception cref="LedgerDamagedException">One of them can't be read.</exception>
    public static IReadOnlyCollection<string> ResidentsOf(IEnumerable<EventRow> rows) => rows
        .Select(row => row.Type == _masked && EventDecoder.Decode(row) is Decoded.OfJournal { Entry: BodiesMasked masked } ? masked.Resident.Value : row.Stream)
        .ToHashSet();

    private void Add(string resident, Recorded recorded) => Change(resident, before => StatisticsFold.With(before, recorded, Cells));

    private void Change(string resident, Func<ResidentFacts, ResidentFacts> change)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(facts, resident, out _);
        var before = known ?? ResidentFacts.None;
        known = change(before);
        if (!ReferenceEquals(before, known))
            Changed.Add(resident);
    }
}
