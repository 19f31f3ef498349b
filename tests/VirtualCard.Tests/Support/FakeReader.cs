using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Jpki.VirtualCard.Tests.Support;

/// <summary>The reader's side of vpcd's protocol, for tests that need no daemon.</summary>
internal sealed class FakeReader : IDisposable
{
    private readonly TcpListener _listener;
    private Socket? _card;

    public FakeReader(int port = 0)
    {
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async Task AcceptAsync()
    {
        _card?.Dispose();
        using var patience = Patience();
        _card = await _listener.AcceptSocketAsync(patience.Token);
    }

    /// <summary>Sends a frame in two pieces, as vpcd does.</summary>
    public async Task SendAsync(string hex)
    {
        var body = CardBench.Bytes(hex);
        var header = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)body.Length);
        using var patience = Patience();
        await _card!.SendAsync(header, patience.Token);
        await _card.SendAsync(body, patience.Token);
    }

    /// <summary>The next frame in hex; null when the card is gone.</summary>
    public async Task<string?> ReceiveAsync()
    {
        try
        {
            var header = await FillAsync(2);
            return header is null ? null : Convert.ToHexString((await FillAsync(BinaryPrimitives.ReadUInt16BigEndian(header)))!);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return null;
        }
    }

    /// <summary>That nothing comes can only be known for a while: a fifth of a second is a thousand answers of a healthy card.</summary>
    public bool HearsNothing() => !_card!.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead);

    public async Task<string?> AskAsync(string hex)
    {
        await SendAsync(hex);
        return await ReceiveAsync();
    }

    public void HangUp()
    {
        _card?.Dispose();
        _card = null;
    }

    public void Dispose()
    {
        HangUp();
        _listener.Dispose();
    }

    private async Task<byte[]?> FillAsync(int length)
    {
        var buffer = new byte[length];
        using var patience = Patience();
        for (var filled = 0; filled < length;)
        {
            var received = await _card!.ReceiveAsync(buffer.AsMemory(filled), patience.Token);
            if (received == 0)
                return null;
            filled += received;
        }
        return buffer;
    }

    private static CancellationTokenSource Patience()
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        source.CancelAfter(TimeSpan.FromSeconds(10));
        return source;
    }
}
