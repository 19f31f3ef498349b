using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Jpki.VirtualCard.Readers;

/// <summary>vpcd's wire format: a two-byte big-endian length, then so many bytes.</summary>
internal sealed class VpcdFrames : IDisposable
{
    private const int MaximumFrame = ushort.MaxValue;

    private readonly Socket _socket;
    private readonly byte[] _header = new byte[sizeof(ushort)];

    private VpcdFrames(Socket socket) => _socket = socket;

    public static async Task<VpcdFrames> ConnectAsync(IPEndPoint reader, CancellationToken cancellationToken)
    {
        var socket = new Socket(reader.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reader, cancellationToken);
            return new VpcdFrames(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The next frame, possibly of no bytes; null when the reader has closed the connection.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(_header, cancellationToken))
            return null;
        var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(_header)];
        return await FillAsync(body, cancellationToken) ? body : null;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (body.Length > MaximumFrame)
            throw new ArgumentOutOfRangeException(nameof(body), "A vpcd frame holds at most 65,535 bytes.");
        // One write for header and body: two would wait for each other's acknowledgement.
        var frame = new byte[sizeof(ushort) + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)body.Length);
        body.CopyTo(frame.AsMemory(sizeof(ushort)));
        for (var sent = 0; sent < frame.Length;)
            sent += await _socket.SendAsync(frame.AsMemory(sent), SocketFlags.None, cancellationToken);
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            AcknowledgeAtOnce();
            var received = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
            AcknowledgeAtOnce();
            if (received == 0)
                return false;
            buffer = buffer[received..];
        }
        return true;
    }

    /// <summary>
    /// vpcd writes length and body apart with Nagle's algorithm on, so the body waits for the acknowledgement of the
    /// length, which Linux delays by 40 ms. TCP_QUICKACK (12) is not sticky: it has to be set around every receive.
    /// </summary>
    private void AcknowledgeAtOnce()
    {
        const int Tcp = 6;
        const int QuickAcknowledgement = 12;
        if (OperatingSystem.IsLinux())
            _socket.SetRawSocketOption(Tcp, QuickAcknowledgement, [1, 0, 0, 0]);
    }
}
