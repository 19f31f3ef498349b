namespace Jpki.Ledger.Tests.Support;

/// <summary>Waits for conditions of other processes, which announce nothing.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var timer = new PeriodicTimer(Pause);
        while (!await condition())
            await timer.WaitForNextTickAsync(limit.Token);
    }
}
