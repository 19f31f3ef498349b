using System.Diagnostics;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.WhatIf;

/// <summary>
/// もしも: the applications of the record decided once more, by the domain's own rules, under another rule set (B5). Each is judged on the record as
/// it was: what would have followed from a refusal or another validity is not imagined. Attempts that were refused then are not judged
/// again, for what they asked for is not kept.
/// </summary>
/// <param name="rules">The other rule set.</param>
/// <param name="from">First day of application, JST, inclusive.</param>
/// <param name="until">Last day, inclusive.</param>
public sealed class WhatIfReplay(RuleSet rules, DateOnly from, DateOnly until)
{
    private readonly Dictionary<ResidentId, Life> _lives = [];
    private readonly SortedDictionary<DateOnly, MonthTally> _months = [];

    /// <summary>Events come in the order of the ledger.</summary>
    public void Add(Recorded recorded)
    {
        if (!_lives.TryGetValue(recorded.Resident, out var life))
            _lives.Add(recorded.Resident, life = new());
        if (life.Pending.Count > 0 && life.Pending[0].Provenance.CommandId != recorded.Provenance.CommandId)
            Close(life);
        life.Pending.Add(recorded);
    }

    /// <summary>An attempt that was refused, by the journal.</summary>
    public void AddRefusal(DateTimeOffset at)
    {
        if (IsWithin(at))
            Tally(at).RefusedThen++;
    }

    /// <summary>By month, ascending, once all events are in; months without any are left out.</summary>
    public IReadOnlyList<WhatIfMonth> Months()
    {
        foreach (var life in _lives.Values.Where(each => each.Pending.Count > 0))
            Close(life);
        return [.. _months.Select(each => each.Value.ToMonth(each.Key))];
    }

    /// <summary>One command's events are complete: judge it again, then fold them.</summary>
    private void Close(Life life)
    {
        var provenance = life.Pending[0].Provenance;
        if (life.State is { } before && IsWithin(provenance.At))
            Judge(before, life.Pending, provenance);
        foreach (var each in life.Pending)
            life.Fold(each);
        life.Pending.Clear();
    }

    private void Judge(Resident before, List<Recorded> events, Provenance provenance)
    {
        if (Reconstructed.Of(before, events) is { } command)
            Tally(provenance.At).Add(command.Recorded, command.DecideUnder(rules));
        else if (events.Exists(each => each.Event is CertificatesApplied or CardHandedOver))
            Tally(provenance.At).NotReconstructed++;
    }

    private bool IsWithin(DateTimeOffset at) => Jst.DayOf(at) is var day && from <= day && day <= until;

    private MonthTally Tally(DateTimeOffset at)
    {
        var day = Jst.DayOf(at);
        var month = new DateOnly(day.Year, day.Month, 1);
        if (!_months.TryGetValue(month, out var tally))
            _months.Add(month, tally = new());
        return tally;
    }

    private sealed class Life
    {
        public List<Recorded> Pending { get; } = [];

        /// <summary>None once the stream turned out not to be what the domain wrote.</summary>
        public Resident? State { get; private set; } = Resident.Unknown.Instance;

        public void Fold(Recorded recorded)
        {
            try
            {
                State = State is null ? null : Resident.Evolve(State, recorded.Event, recorded.Provenance);
            }
            catch (UnreachableException)
            {
                State = null;
            }
        }
    }
}
