using System.Net;
using System.Net.Sockets;
using Jpki.VirtualCard.Readers;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

[Collection("Daemons")]
public class APrivateDaemon
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    public async Task It_has_as_many_readers_as_asked_for_in_the_order_of_their_ports(int readers)
    {
        await using var daemon = await StartAsync(readers);
        Assert.Equal(readers, daemon.Ports.Count);

        await using var inserted = await InsertAsync(daemon.Ports[^1]);

        var list = await ReaderList.WithCardAsync(daemon);
        Assert.InRange(list.Length, readers, readers + 1);
        Assert.Equal(readers - 1, Array.FindIndex(list, ReaderList.HasCard));
        Assert.All(list, line => Assert.Contains("simulated", line, StringComparison.Ordinal));
        Assert.Distinct(list.Select(line => line[line.IndexOf("Virtual", StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task Two_live_side_by_side()
    {
        await using var first = await StartAsync(2);
        await using var second = await StartAsync(2);
        await using var inserted = await InsertAsync(second.Ports[0]);

        await ReaderList.WithCardAsync(second);

        Assert.DoesNotContain(await ReaderList.ReadAsync(first), ReaderList.HasCard);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_or_a_kill_the_card_is_in_the_slot_again(bool kill)
    {
        await using var daemon = await StartAsync(2);
        var socket = daemon.SocketPath;
        await using var inserted = await InsertAsync(daemon.Ports[0], reinsert: true);
        await ReaderList.WithCardAsync(daemon);

        if (kill)
        {
            await daemon.KillAsync(Cancellation);
            Assert.Empty(await ReaderList.ReadAsync(daemon));
            await daemon.StartAsync(Cancellation);
        }
        else
        {
            await daemon.RestartAsync(Cancellation);
        }

        Assert.Equal(socket, daemon.SocketPath);
        await ReaderList.WithCardAsync(daemon);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var port = TestPorts.Take(2);
        using var listener = new TcpListener(IPAddress.Loopback, port + 1);
        listener.Start();

        var options = new PcscdOptions { FirstPort = port };
        var failure = await Assert.ThrowsAsync<PcscdUnavailableException>(() => PrivatePcscd.StartAsync(options, Cancellation));

        Assert.Contains($"{port + 1}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_ones_own_is_kept_and_a_temporary_one_is_removed()
    {
        var own = Directory.CreateTempSubdirectory("jpki-own-").FullName;
        var options = new PcscdOptions { FirstPort = TestPorts.Take(2), Folder = own };
        string temporary;
        await using (var first = await PrivatePcscd.StartAsync(options, Cancellation))
        await using (var second = await StartAsync(2))
        {
            Assert.StartsWith(own, first.SocketPath, StringComparison.Ordinal);
            temporary = Path.GetDirectoryName(second.SocketPath)!;
        }

        Assert.True(Directory.Exists(own));
        Assert.False(Directory.Exists(temporary));
        await (await PrivatePcscd.StartAsync(options, Cancellation)).DisposeAsync();
        Directory.Delete(own, recursive: true);
    }

    [Fact]
    public void What_is_not_installed_is_named_with_the_packages_to_install()
    {
        var failure = Assert.Throws<PcscdUnavailableException>(() => PcscdFolder.Find("The driver", "/nowhere/libifdvpcd.so"));

        Assert.Contains("The driver", failure.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install -y --no-install-recommends pcscd vsmartcard-vpcd", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task It_cannot_have_no_reader_or_more_than_sixteen(int readers)
    {
        var options = new PcscdOptions { Readers = readers };

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => PrivatePcscd.StartAsync(options, Cancellation));
    }

    private static Task<PrivatePcscd> StartAsync(int readers) =>
        PrivatePcscd.StartAsync(new PcscdOptions { Readers = readers, FirstPort = TestPorts.Take(readers + (readers % 2)) }, Cancellation);

    private static Task<VpcdConnection> InsertAsync(int port, bool reinsert = false) =>
        VpcdConnection.InsertAsync(new CardBench().Card, new VpcdOptions { Port = port, ReinsertOnReconnect = reinsert }, Cancellation);
}
