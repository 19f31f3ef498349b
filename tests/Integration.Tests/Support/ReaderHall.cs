using System.Threading.Channels;
using Jpki.Counter.Gateway.PcSc;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>A real pcscd with virtual readers, each to be had by one test or case at a time.</summary>
public sealed class ReaderHall : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    private readonly Channel<ReaderSlot> _free = Channel.CreateUnbounded<ReaderSlot>();
    private PrivatePcscd _daemon;
    private ReaderMonitor _monitor;
    private bool _isDead;

    private ReaderHall(PrivatePcscd daemon)
    {
        _daemon = daemon;
        PcScEnvironment.UseSocket(daemon.SocketPath);
        _monitor = new ReaderMonitor();
    }

    /// <summary>Which life of the daemon this is: its counts of card events begin anew in each.</summary>
    internal int Life { get; private set; }

    internal string SocketPath => _daemon.SocketPath;

    internal int PortOf(int index) => _daemon.Ports[index];

    /// <summary>Starts a daemon; this process's card sessions talk to it and, libpcsclite being what it is, to no other ever after.</summary>
    internal static async Task<ReaderHall> OpenAsync(int readers, string folder)
    {
        var hall = new ReaderHall(await StartAsync(new PcscdOptions { Readers = readers, FirstPort = Ports.Take(readers), Folder = folder }));
        var names = Readers.List();
        for (var i = 0; i < readers; i++)
            hall.Return(new ReaderSlot(hall, names[i], i));
        return hall;
    }

    /// <summary>A free reader, when there is one; given back by disposal. A daemon that a failed test left dead is started again.</summary>
    internal async Task<ReaderSlot> RentAsync()
    {
        if (_isDead)
            await StartDaemonAsync();
        return await _free.Reader.ReadAsync(TestContext.Current.CancellationToken);
    }

    internal void Return(ReaderSlot slot) => _free.Writer.TryWrite(slot);

    /// <summary>Ends the daemon as a crash would.</summary>
    internal async Task KillDaemonAsync()
    {
        await _daemon.KillAsync(TestContext.Current.CancellationToken);
        _isDead = true;
    }

    /// <summary>Starts the daemon again after <see cref="KillDaemonAsync"/>.</summary>
    internal async Task StartDaemonAsync()
    {
        await _daemon.StartAsync(TestContext.Current.CancellationToken);
        _isDead = false;
        await BeginLifeAsync();
    }

    /// <summary>Unplugs the readers and plugs others in, until disposal: same daemon to the programs, other names.</summary>
    internal async Task<IAsyncDisposable> ExchangeReadersAsync(string otherName)
    {
        var options = new PcscdOptions { Readers = _daemon.Ports.Count, FirstPort = _daemon.Ports[0], Folder = Path.GetDirectoryName(SocketPath) };
        await ReplaceAsync(options with { ReaderName = otherName });
        return new PluggedInAgain(this, options);
    }

    /// <summary>Waits until the daemon says of a reader what is wanted.</summary>
    /// <exception cref="TimeoutException">It never did; the message has what it said last.</exception>
    internal async Task<ReaderState> WaitForAsync(string reader, Func<ReaderState, bool> wanted, TimeSpan? patienceFor = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(patienceFor ?? _patience);
        var last = "nothing";
        try
        {
            await foreach (var _ in _monitor.WatchAsync(patience.Token))
            {
                if (!_monitor.Now.Readers.TryGetValue(reader, out var state))
                    continue;
                if (wanted(state))
                    return state;
                last = $"card {state.HasCard}, {state.Events} events";
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The daemon's last word on {reader}: {last}.");
        }

        throw new ObjectDisposedException(nameof(ReaderMonitor));
    }

    public async ValueTask DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _daemon.DisposeAsync();
    }

    private static Task<PrivatePcscd> StartAsync(PcscdOptions options) => PrivatePcscd.StartAsync(options, TestContext.Current.CancellationToken);

    private async Task ReplaceAsync(PcscdOptions options)
    {
        await _daemon.DisposeAsync();
        _daemon = await StartAsync(options);
        await BeginLifeAsync();
    }

    /// <summary>A new monitor knows nothing of what the daemon before this one said.</summary>
    private async Task BeginLifeAsync()
    {
        Life++;
        await _monitor.DisposeAsync();
        _monitor = new ReaderMonitor();
    }

    private sealed class PluggedInAgain(ReaderHall hall, PcscdOptions options) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await hall.ReplaceAsync(options);
    }
}
