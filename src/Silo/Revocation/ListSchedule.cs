using Jpki.Domain.Rules;
using Jpki.Ledger;

namespace Jpki.Silo.Revocation;

/// <summary>発行の時期: when which list is due, and for how long it is good.</summary>
internal static class ListSchedule
{
    // Wrong clocks of other machines, as far as one lives with them; a played clock that began anew is further off.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    // Time enough to fetch the next list before this one ends.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    // What a cache may hide of lists made out of turn.
    private static readonly TimeSpan LongestInCacheFull = TimeSpan.FromHours(1);

    // Half of the minute within which a suspension is to be known.
    private static readonly TimeSpan LongestInCacheDelta = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Full lists come daily and are good for two days: a night that is missed must not make every certificate unusable. Delta lists for one:
    /// the full list is good without them.
    /// </summary>
    public static TimeSpan LifeOf(ListKind kind) => kind == ListKind.Full ? TimeSpan.FromHours(48) : TimeSpan.FromHours(24);

    /// <summary>
    /// A full list at the first look of a civil day, or when the clock has jumped; a delta at once after it, so that the address it names never
    /// leads nowhere, and whenever something changed.
    /// </summary>
    public static ListKind? Due(ListState state, DateTimeOffset now)
    {
        if (state is not { LastFull: { } full, Last: { } last } || Jst.DayOf(full.ThisUpdate) < Jst.DayOf(now) || IsOff(full, now))
            return ListKind.Full;
        return last.Kind == ListKind.Full || state.Changed || IsOff(last, now) ? ListKind.Delta : null;
    }

    /// <summary>How long a copy may be used without asking for a newer one: not into the next day, not beyond its end.</summary>
    public static TimeSpan CacheableFor(PublishedList list, DateTimeOffset now)
    {
        var untilMidnight = Jst.StartOf(Jst.DayOf(now).AddDays(1)) - now;
        var untilEnd = list.NextUpdate - now;
        var longest = list.Kind == ListKind.Full ? LongestInCacheFull : LongestInCacheDelta;
        return new[] { untilMidnight, untilEnd, longest }.Min() is var shortest && shortest > TimeSpan.Zero ? shortest : TimeSpan.Zero;
    }

    private static bool IsOff(PublishedList list, DateTimeOffset now) => list.NextUpdate - now < Overlap || list.ThisUpdate - now > ClockTolerance;
}
