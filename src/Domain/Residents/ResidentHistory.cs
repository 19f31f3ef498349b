using System.Collections.Immutable;
using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>
/// 経過: a resident's stream folded: the state, the version, and which commands it has done. The ids are part of the fold so that a
/// command repeated after a restart is recognised from the stream itself.
/// </summary>
/// <param name="State">What the events add up to.</param>
/// <param name="Version">Version of the last event; 0 when there is none.</param>
/// <param name="Done">The commands that caused events.</param>
public sealed record ResidentHistory(Resident State, long Version, ImmutableHashSet<CommandId> Done)
{
    public static readonly ResidentHistory Empty = new(Resident.Unknown.Instance, 0, []);

    /// <exception cref="ArgumentException">The event is not the next one of the stream.</exception>
    public ResidentHistory With(Recorded recorded) => recorded.Version == Version + 1
        ? new(Resident.Evolve(State, recorded.Event, recorded.Provenance), recorded.Version, Done.Add(recorded.Provenance.CommandId))
        : throw new ArgumentException($"Version {recorded.Version} can't follow {Version}.", nameof(recorded));

    public ResidentHistory With(IEnumerable<Recorded> recorded) => recorded.Aggregate(this, (history, each) => history.With(each));
}
