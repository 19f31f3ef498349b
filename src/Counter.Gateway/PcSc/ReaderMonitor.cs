using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>
/// Watches all readers on a context and a thread of its own, for as long as it lives: through unplugged readers and dead daemons.
/// </summary>
public sealed class ReaderMonitor : IAsyncDisposable
{
    // The plug-and-play pseudo reader misses a reader that comes between two waits, so no wait is longer than this.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly List<Channel<ReaderEvent>> _watchers = [];
    private readonly ManualResetEventSlim _stopping = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReaderSnapshot _snapshot = ReaderSnapshot.Nothing;
    private PcScContext? _waitingOn;
    private bool _disposed;

    public ReaderMonitor() => new Thread(Run) { IsBackground = true, Name = "PC/SC reader monitor" }.Start();

    /// <summary>What the monitor saw last.</summary>
    public ReaderSnapshot Now
    {
        get
        {
            lock (_gate)
                return _snapshot;
        }
    }

    /// <summary>
    /// Everything that happens from now on, after what is already there: a watcher that comes late is first told of the daemon, readers
    /// and cards as if they had just arrived. Any number of watchers; each sees every event, in order. Ends when the monitor is disposed.
    /// </summary>
    public async IAsyncEnumerable<ReaderEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ReaderEvent>(new UnboundedChannelOptions { SingleReader = true });
        lock (_gate)
        {
            foreach (var happened in ReaderSnapshot.Nothing.EventsUntil(_snapshot))
                channel.Writer.TryWrite(happened);
            if (_stopped.Task.IsCompleted)
                channel.Writer.Complete();
            _watchers.Add(channel);
        }

        try
        {
            await foreach (var happened in channel.Reader.ReadAllAsync(cancellationToken))
                yield return happened;
        }
        finally
        {
            lock (_gate)
                _watchers.Remove(channel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        _stopping.Set();
        lock (_gate)
            _waitingOn?.Cancel();
        await _stopped.Task;
        _stopping.Dispose();
    }

    private void Run()
    {
        var retry = FirstRetry;
        while (!_stopping.IsSet)
        {
            if (PcScContext.Establish().Value is { } context)
            {
                retry = FirstRetry;
                using (context)
                    WatchUntilDead(context);
                Publish(ReaderSnapshot.Nothing);
            }
            else
            {
                _stopping.Wait(retry);
                retry = retry * 2 < LastRetry ? retry * 2 : LastRetry;
            }
        }

        lock (_gate)
        {
            _stopped.SetResult();
            foreach (var watcher in _watchers)
                watcher.Writer.TryComplete();
        }
    }

    /// <summary>Returns when the context is of no use any more, or the monitor is being stopped.</summary>
    private void WatchUntilDead(PcScContext context)
    {
        lock (_gate)
            _waitingOn = context;
        while (!_stopping.IsSet && Look(context))
        {
        }

        // From here on Cancel would reach a context that has been released, or worse, another one with the same number.
        lock (_gate)
            _waitingOn = null;
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

        var change = context.WaitForChange(readers, LongestWait);
        if (change is { Error: PcScError.Success, Value: { } states })
            Publish(ReaderSnapshot.Of(states));
        return change.Error is PcScError.Success or PcScError.Timeout or PcScError.Cancelled or PcScError.UnknownReader;
    }

    private void Publish(ReaderSnapshot next)
    {
        lock (_gate)
        {
            foreach (var happened in _snapshot.EventsUntil(next))
            {
                foreach (var watcher in _watchers)
                    watcher.Writer.TryWrite(happened);
            }

            _snapshot = next;
        }
    }
}
