namespace Jpki.Integration.Tests.Support;

/// <summary>Waits for conditions of other processes, which announce nothing.</summary>
internal static class Eventually
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="TimeoutException">It did not become true within a minute.</exception>
    public static async Task TrueAsync(string what, Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_limit);
        using var timer = new PeriodicTimer(_pause);
        try
        {
            while (!await condition())
                await timer.WaitForNextTickAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited in vain for: {what}.");
        }
    }
}
