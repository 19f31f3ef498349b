using System.Diagnostics;
using System.Threading.Channels;

namespace Jpki.Benchmarks.Harness;

/// <summary>Work that arrives by the clock and not when somebody is free: what waits counts as waiting.</summary>
internal static class Arrivals
{
    /// <param name="aSecond">Evenly spaced.</param>
    /// <param name="callers">Who take what has arrived; enough of them never to be what is waited for.</param>
    /// <returns>From each one's arrival to its answer, in milliseconds.</returns>
    public static async Task<IReadOnlyList<double>> LatenciesAsync(
        double aSecond, TimeSpan length, int callers, Func<int, CancellationToken, Task> once, CancellationToken cancellation)
    {
        var due = Channel.CreateUnbounded<long>(new() { SingleWriter = true });
        var clock = Task.Factory.StartNew(() => Announce(due.Writer, aSecond, length), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var taken = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                List<double> mine = [];
                await foreach (var arrived in due.Reader.ReadAllAsync(cancellation))
                {
                    await once(caller, cancellation);
                    mine.Add(Stopwatch.GetElapsedTime(arrived).TotalMilliseconds);
                }

                return mine;
            },
            cancellation)));
        await clock;
        return [.. taken.SelectMany(each => each)];
    }

    private static void Announce(ChannelWriter<long> due, double aSecond, TimeSpan length)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var n = 0L; n < aSecond * length.TotalSeconds; n++)
        {
            var at = begin + (long)(n / aSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < at)
                Thread.Sleep(1); // The clock of a sleep is a millisecond; those who fell due within it arrive together, counted from when they were due.
            due.TryWrite(at);
        }

        due.Complete();
    }
}
