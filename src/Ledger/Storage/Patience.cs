namespace Jpki.Ledger.Storage;

/// <summary>How long one batch is tried again after its wire broke, counted from the first break.</summary>
internal sealed class Patience(TimeProvider clock, TimeSpan limit)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private TimeSpan _pause = TimeSpan.FromMilliseconds(20);
    private long? _since;

    /// <summary>Waits a little, longer each time.</summary>
    /// <returns>False when the time is over; there is nothing left to do then but to say so.</returns>
    public async Task<bool> PauseAsync(CancellationToken cancellation)
    {
        _since ??= clock.GetTimestamp();
        if (cancellation.IsCancellationRequested || clock.GetElapsedTime(_since.Value) + _pause > limit)
            return false;

        await Task.Delay(_pause, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
        return !cancellation.IsCancellationRequested;
    }
}
