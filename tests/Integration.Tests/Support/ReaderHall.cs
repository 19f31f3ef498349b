using System.Threading.Channels;
using Jpki.Counter.Gateway.PcSc;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>A real pcscd with virtual readers, each to be had by one test or case at a time.</summary>
public sealed class ReaderHall : IAsyncDisposable
{
    private readonly Channel<ReaderSlot> _free = Channel.CreateUnbounded<ReaderSlot>();
    private readonly ReaderMonitor _monitor;

    private ReaderHall(PrivatePcscd daemon, string readerName)
    {
        (Daemon, ReaderName) = (daemon, readerName);
        PcScEnvironment.UseSocket(daemon.SocketPath);
        _monitor = new ReaderMonitor();
    }

    internal PrivatePcscd Daemon { get; private set; }

    internal string ReaderName { get; }

    /// <summary>Starts a daemon; from now on this process's card sessions talk to it.</summary>
    internal static async Task<ReaderHall> OpenAsync(int readers, string folder, string readerName = "Virtual Reader (simulated)")
    {
        var daemon = await StartAsync(new PcscdOptions { Readers = readers, FirstPort = Ports.Take(readers), Folder = folder, ReaderName = readerName });
        var hall = new ReaderHall(daemon, readerName);
        var names = Readers.List();
        for (var i = 0; i < readers; i++)
            hall._free.Writer.TryWrite(new ReaderSlot(hall, names[i], i));
        return hall;
    }

    /// <summary>A free reader, when there is one; given back by disposal.</summary>
    internal async Task<ReaderSlot> RentAsync() => await _free.Reader.ReadAsync(TestContext.Current.CancellationToken);

    internal void Return(ReaderSlot slot) => _free.Writer.TryWrite(slot);

    /// <summary>Unplugs the readers and plugs others in, until disposal: same daemon to the programs, other names.</summary>
    internal async Task<IAsyncDisposable> ExchangeReadersAsync(string otherName)
    {
        var options = new PcscdOptions { Readers = Daemon.Ports.Count, FirstPort = Daemon.Ports[0], Folder = Path.GetDirectoryName(Daemon.SocketPath) };
        await Daemon.DisposeAsync();
        Daemon = await StartAsync(options with { ReaderName = otherName });
        return new PluggedInAgain(this, options with { ReaderName = ReaderName });
    }

    /// <summary>Waits until the daemon says of a reader what is wanted.</summary>
    internal async Task<ReaderState> WaitForAsync(string reader, Func<ReaderState, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await foreach (var _ in _monitor.WatchAsync(patience.Token))
        {
            if (_monitor.Now.Readers.TryGetValue(reader, out var state) && wanted(state))
                return state;
        }

        throw new InvalidOperationException("The monitor has been disposed of.");
    }

    /// <summary>Makes this process's card sessions talk to this daemon again, after another hall was open.</summary>
    internal void TakeBack() => PcScEnvironment.UseSocket(Daemon.SocketPath);

    public async ValueTask DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await Daemon.DisposeAsync();
    }

    private static Task<PrivatePcscd> StartAsync(PcscdOptions options) => PrivatePcscd.StartAsync(options, TestContext.Current.CancellationToken);

    private sealed class PluggedInAgain(ReaderHall hall, PcscdOptions options) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await hall.Daemon.DisposeAsync();
            hall.Daemon = await StartAsync(options);
        }
    }
}
