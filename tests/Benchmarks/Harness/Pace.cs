using System.Diagnostics;

namespace Jpki.Benchmarks.Harness;

/// <summary>How often something is done in a while.</summary>
internal static class Pace
{
    /// <summary>On threads of their own, as fast as each can.</summary>
    /// <param name="once">Given a number that no other call of this run gets.</param>
    /// <returns>Calls a second, all threads together.</returns>
    public static double OfThreads(int threads, TimeSpan length, Action<int> once)
    {
        var next = -1;
        long done = 0;
        var clock = Stopwatch.StartNew();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            long mine = 0;
            for (; clock.Elapsed < length; mine++)
                once(Interlocked.Increment(ref next));
            Interlocked.Add(ref done, mine);
        })).ToList();
        workers.ForEach(each => each.Start());
        workers.ForEach(each => each.Join());
        return done / clock.Elapsed.TotalSeconds;
    }

    /// <summary>By callers that each wait for an answer before they ask again.</summary>
    /// <param name="once">Given the caller's number.</param>
    /// <returns>Calls a second, all callers together; what was begun within the while is waited for and counted.</returns>
    public static async Task<double> OfCallersAsync(int callers, TimeSpan length, Func<int, CancellationToken, Task> once, CancellationToken cancellation)
    {
        long done = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                for (; clock.Elapsed < length; Interlocked.Increment(ref done))
                    await once(caller, cancellation);
            },
            cancellation)));
        return done / clock.Elapsed.TotalSeconds;
    }
}
