using System.Globalization;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.PcSc;
using Jpki.VirtualCard;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.Readers;

namespace Jpki.Counter.Gateway.Tests.Support;

/// <summary>Tests that share the one daemon a process can talk to; they run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class VirtualCounterTests : ICollectionFixture<VirtualCounter>
{
    public const string Name = "virtual counter";
}

/// <summary>A counter with a PC/SC daemon of its own, two readers, and a terminal that the cards made here accept.</summary>
public sealed class VirtualCounter : IAsyncLifetime
{
    /// <summary>A card in software answers within a millisecond; this is patience with a busy machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string ReaderName = "Virtual Reader (simulated)";
    private const int ReaderCount = 2;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("counter-");
    private readonly TerminalAuthority _authority = TerminalAuthority.Create();
    private readonly RsaKeyPool _keys = new(capacity: 4);
    private readonly int _firstPort = PrivatePcscd.FindFreePorts(ReaderCount, 24000);
    private int _cards;

    internal PrivatePcscd Daemon { get; private set; } = null!;

    internal FileTerminal Terminal { get; private set; } = null!;

    /// <summary>The names the readers get, in the order of their ports: the driver's words and number, device, slot.</summary>
    internal static string Reader(int index, string readerName = ReaderName) => $"{readerName} 1 00 0{index}";

    public async ValueTask InitializeAsync()
    {
        Daemon = await StartDaemonAsync(ReaderName);
        PcScEnvironment.UseSocket(Daemon.SocketPath);
        Terminal = Provision("COUNTER-1", _authority);
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        await _keys.DisposeAsync();
        Terminal.Dispose();
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Puts another daemon in the place of the one that runs, until disposal: same socket, other readers.</summary>
    internal async Task<IAsyncDisposable> ExchangeReadersAsync(string readerName)
    {
        await Daemon.DisposeAsync();
        Daemon = await StartDaemonAsync(readerName);
        return new Return(this);
    }

    /// <summary>A blank card; each has a serial of its own.</summary>
    internal SoftCard BlankCard() => SoftCard.Manufacture(new CardOrder(
        (++_cards).ToString("D15", CultureInfo.InvariantCulture),
        "13207",
        new DateOnly(2031, 4, 5),
        _authority.PublicKey,
        new FaceAttributes("公的 花子", "東京都昭島市田中町一丁目17番1号", new DateOnly(1990, 4, 5), '2')), keys: _keys);

    /// <summary>
    /// Puts a card in a reader once the daemon has noticed that the one before is gone, and waits until it has noticed this one.
    /// </summary>
    internal async Task<VpcdConnection> InsertAsync(SoftCard card, int reader, Tamper? tamper = null, bool reinsert = false)
    {
        await WaitForAsync(reader, present: false);
        var connection = await VpcdConnection.InsertAsync(
            card,
            new VpcdOptions { Port = Daemon.Ports[reader], Tamper = tamper, ReinsertOnReconnect = reinsert },
            TestContext.Current.CancellationToken);
        await WaitForAsync(reader, present: true);
        return connection;
    }

    /// <summary>Waits until the daemon says that a card is in the reader, or that none is.</summary>
    internal static Task WaitForAsync(int reader, bool present) => Eventually.AsTrueAsync(() => Look(reader).HasCard == present);

    /// <summary>What the daemon says of a reader just now.</summary>
    internal static ReaderState Look(int reader)
    {
        using var context = PcScContext.Establish().Value!;
        return context.WaitForChange([(Reader(reader), 0)], TimeSpan.Zero).Value![0];
    }

    /// <summary>Waits until what the monitor sees is as wanted.</summary>
    internal static async Task WaitForAsync(ReaderMonitor monitor, Func<ReaderSnapshot, bool> wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await foreach (var _ in monitor.WatchAsync(patience.Token))
            {
                if (wanted(monitor.Now))
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The readers never became as wanted; they are: {string.Join(", ", monitor.Now.Readers.Values)}");
        }
    }

    internal static Task<CardResult<CardSession>> OpenAsync(int reader, CardSessionOptions? options = null) => CardSession.OpenAsync(
        Reader(reader), options ?? new CardSessionOptions { Patience = Patience }, TestContext.Current.CancellationToken);

    /// <summary>A terminal of another authority than the one the cards know.</summary>
    internal FileTerminal Stranger()
    {
        using var authority = TerminalAuthority.Create();
        return Provision("STRANGER", authority);
    }

    private FileTerminal Provision(string id, TerminalAuthority authority)
    {
        var (key, certificate) = (Path.Combine(_folder.FullName, $"{id}.pem"), Path.Combine(_folder.FullName, $"{id}.cert"));
        FileTerminal.Provision(authority, id, new DateOnly(2099, 12, 31), key, certificate);
        return FileTerminal.Load(key, certificate);
    }

    private Task<PrivatePcscd> StartDaemonAsync(string readerName) => PrivatePcscd.StartAsync(new PcscdOptions
    {
        Readers = ReaderCount,
        FirstPort = _firstPort,
        Folder = Path.Combine(_folder.FullName, "pcscd"),
        ReaderName = readerName,
    });

    private sealed class Return(VirtualCounter counter) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await counter.Daemon.DisposeAsync();
            counter.Daemon = await counter.StartDaemonAsync(ReaderName);
        }
    }
}
