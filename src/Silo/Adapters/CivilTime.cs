using Jpki.Grains;

namespace Jpki.Silo.Adapters;

/// <summary>The civil clock for whoever takes the time from .NET: what is made on a played day is dated on that day.</summary>
internal sealed class CivilTime(ICivilClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.Now.ToUniversalTime();
}
