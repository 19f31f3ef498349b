using System.Diagnostics;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Audit.Replay;

/// <summary>
/// 再現: everybody's events folded again by the domain's own rules, up to a point; memory grows with the residents and not with the events.
/// Events come in the order of the ledger.
/// </summary>
public sealed class TownReplay(ReplayPoint point)
{
    private readonly Dictionary<ResidentId, Folded> _residents = [];
    private readonly SortedDictionary<string, long> _acts = new(StringComparer.Ordinal);

    /// <summary>Events folded in.</summary>
    public long Events { get; private set; }

    /// <summary>How often each event happened, by its stored name.</summary>
    public IReadOnlyDictionary<string, long> Acts => _acts;

    /// <summary>Residents whose stream can't be what this domain wrote: what follows in it was passed over.</summary>
    public IEnumerable<ResidentId> Broken => _residents.Where(each => each.Value.IsBroken).Select(each => each.Key);

    /// <summary>Everybody, with the version and the state at the point.</summary>
    public IEnumerable<(ResidentId Resident, long Version, Resident State)> Residents =>
        _residents.Select(each => (each.Key, each.Value.Version, each.Value.State));

    /// <summary>Folds an event in, if it is not after the point.</summary>
    /// <returns>Whether it was folded in.</returns>
    public bool Add(Recorded recorded)
    {
        var folded = _residents.GetValueOrDefault(recorded.Resident, Folded.Nothing);
        if (folded.IsBroken || folded.IsPast || !point.Reaches(recorded))
        {
            // An instant cuts each stream at one place: what comes after an event that is too late is too late, whatever its clock said.
            if (!folded.IsBroken && !point.Reaches(recorded))
                _residents[recorded.Resident] = folded with { IsPast = true };
            return false;
        }

        _residents[recorded.Resident] = folded.With(recorded);
        var name = StoredNameAttribute.Of(recorded.Event.GetType()).Name;
        _acts[name] = _acts.GetValueOrDefault(name) + 1;
        Events++;
        return true;
    }

    /// <summary>The resident's state at the point; <see cref="Resident.Unknown"/> before the first event.</summary>
    public Resident StateOf(ResidentId resident) => _residents.GetValueOrDefault(resident, Folded.Nothing).State;

    /// <summary>The resident as shown at an instant; none of whom nothing is known.</summary>
    public ResidentView? ViewOf(ResidentId resident, DateTimeOffset at, bool withAttributes)
    {
        var folded = _residents.GetValueOrDefault(resident, Folded.Nothing);
        return ResidentView.Of(resident, new(folded.State, folded.Version, []), at, withAttributes);
    }

    private sealed record Folded(Resident State, long Version, bool IsBroken, bool IsPast)
    {
        public static readonly Folded Nothing = new(Resident.Unknown.Instance, 0, IsBroken: false, IsPast: false);

        public Folded With(Recorded recorded)
        {
            if (recorded.Version != Version + 1)
                return this with { IsBroken = true };
            try
            {
                return this with { State = Resident.Evolve(State, recorded.Event, recorded.Provenance), Version = recorded.Version };
            }
            catch (UnreachableException)
            {
                return this with { IsBroken = true };
            }
        }
    }
}
