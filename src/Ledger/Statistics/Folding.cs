using System.Runtime.InteropServices;
using Jpki.Domain;
using Jpki.Domain.Statistics;

namespace Jpki.Ledger.Statistics;

/// <summary>畳み込み: events being folded in memory, on top of what was folded before. Not safe for concurrent use.</summary>
/// <param name="hash">Of all that was folded before; goes on in place.</param>
/// <param name="facts">Of the residents, before; go on in place.</param>
internal sealed class Folding(RunningHash hash, Dictionary<string, ResidentFacts> facts)
{
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

    private void Add(string resident, Recorded recorded)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(facts, resident, out _);
        var before = known ?? ResidentFacts.None;
        known = StatisticsFold.With(before, recorded, Cells);
        if (!ReferenceEquals(before, known))
            Changed.Add(resident);
    }
}
