using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>Watches all readers on a context and a thread of its own, for as long as it lives: through unplugged readers and dead daemons.</summary>
public sealed class ReaderMonitor : IAsyncDisposable
{
    // The plug-and-play pseudo reader misses a reader that comes between two waits, so no wait is longer than this.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_lastRetry = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<Channel<ReaderEvent>> watchers = [];
    private readonly ManualResetEventSlim stopping = new();
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReaderSnapshot snapshot = ReaderSnapshot.Nothing;
    private PcScContext? waitingOn;
    private bool disposed;

    public ReaderMonitor() => new Thread(Run) { IsBackground = true, Name = "PC/SC reader monitor" }.Start();

    /// <summary>What the monitor saw last.</summary>
    public ReaderSnapshot Now
    {
        get
        {
            lock (gate)
                return snapshot;
        }
    }

    /// <summary>
    /// Everything that happens from now on, after what is already there: a watcher that comes late is first told of the daemon, readers
    /// and cards as if they had just arrived. Any number of watchers; each sees every event, in order. Ends when the monitor is disposed.
    /// </summary>
    public async IAsyncEnumerable<ReaderEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ReaderEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (gate)
        {
            foreach (var happened in ReaderSnapshot.Nothing.EventsUntil(snapshot))
                channel.Writer.TryWrite(happened);
            if (stopped.Task.IsCompleted)
                channel.Writer.Complete();
            watchers.Add(channel);
        }

        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            lock (gate)
                watchers.Remove(channel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (disposed)
            return;
        disposed = true;
        stopping.Set();
        lock (gate)
            waitingOn?.Cancel();
        await stopped.Task;
        stopping.Dispose();
    }

    private void Run()
    {
        var retry = s_firstRetry;
        while (!stopping.IsSet)
        {
            if (PcScContext.Establish().Value is { } context)
            {
                retry = s_firstRetry;
                using (context)
                    WatchUntilDead(context);
                Publish(ReaderSnapshot.Nothing);
            }
            else
            {
                stopping.Wait(retry);
                retry = retry * 2 < s_lastRetry ? retry * 2 : s_lastRetry;
            }
        }

        lock (gate)
        {
            stopped.SetResult();
            foreach (var watcher in watchers)
                watcher.Writer.TryComplete();
        }
    }

    /// <summary>Returns when the context is of no use any more, or the monitor is being stopped.</summary>
    private void WatchUntilDead(PcScContext context)
    {
        lock (gate)
            waitingOn = context;
        while (!stopping.IsSet && Look(context))
        {
        }

        // From here on Cancel would reach a context that has been released, or worse, another one with the same number.
        lock (gate)
            waitingOn = null;
    }

    private bool Look(PcScContext context)
    {
        if (context.ListReaders() is not { Error: PcScError.Success, Value: { } names })
            return false;

        var known = Now;
        var readers = names.Select(name => (name, known.Readers.TryGetValue(name, out var state) ? state.Flags : 0)).ToArray();
        // A reader that has just gone is told at once: the wait below may not notice the difference between lists.
        if (!known.ServiceIsUp || known.Readers.Keys.Except(names).Any())
            Publish(ReaderSnapshot.Of(known.Readers.Values.Where(reader => names.Contains(reader.Name))));

        var change = context.WaitForChange(readers, s_longestWait);
        if (change is { Error: PcScError.Success, Value: { } states })
            Publish(ReaderSnapshot.Of(states));
        return change.Error is PcScError.Success or PcScError.Timeout or PcScError.Cancelled or PcScError.UnknownReader;
    }

    private void Publish(ReaderSnapshot next)
    {
        lock (gate)
        {
            foreach (var happened in snapshot.EventsUntil(next))
            {
                foreach (var watcher in watchers)
                    watcher.Writer.TryWrite(happened);
            }

            snapshot = next;
        }
    }
}
