namespace Jpki.Counter.Gateway.Tests.Support;

internal static class Eventually
{
    /// <summary>Waits for what no event tells of; fails when it does not come true in time.</summary>
    public static async Task AsTrueAsync(Func<bool> condition)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(VirtualCounter.Patience);
        while (!condition())
            await ticks.WaitForNextTickAsync(patience.Token);
    }
}
