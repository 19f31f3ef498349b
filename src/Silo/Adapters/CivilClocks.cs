using Jpki.Grains;

namespace Jpki.Silo.Adapters;

/// <summary>The real time.</summary>
public sealed class RealClock(TimeProvider time) : ICivilClock
{
    public DateTimeOffset Now => time.GetUtcNow();
}

/// <summary>
/// 上演用の時計: starts where it is told, goes on at real speed, and can be moved forward, never back: what was decided must not lie in the
/// future of what is decided next.
/// </summary>
public sealed class PlayClock(TimeProvider time, DateTimeOffset start) : ICivilClock
{
    private readonly Lock _lock = new();
    private DateTimeOffset _base = start;
    private long _since = time.GetTimestamp();

    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
                return _base + time.GetElapsedTime(_since);
        }
    }

    /// <returns>False, and nothing moves, when <paramref name="to"/> lies before the present.</returns>
    public bool MoveTo(DateTimeOffset to)
    {
        lock (_lock)
        {
            if (to < _base + time.GetElapsedTime(_since))
                return false;
            (_base, _since) = (to, time.GetTimestamp());
            return true;
        }
    }
}
