using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Jpki.VirtualCard.Readers;

/// <summary>
/// The first exchange of every libpcsclite client (winscard_msg.h of pcsc-lite: CMD_VERSION). That the socket accepts says
/// nothing, since we made it listen ourselves before the daemon existed; an answer says that the daemon serves it.
/// </summary>
internal static class PcscdGreeting
{
    private const int VersionCommand = 0x11;
    private const int ProtocolMajor = 4;
    private const int ProtocolMinor = 4;

    public static async Task ExchangeAsync(string socketPath, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
        int[] body = [ProtocolMajor, ProtocolMinor, 0];
        int[] message = [body.Length * sizeof(int), VersionCommand, .. body];
        await socket.SendAsync(MemoryMarshal.AsBytes(message.AsSpan()).ToArray(), cancellationToken);
        if (await socket.ReceiveAsync(new byte[body.Length * sizeof(int)], cancellationToken) == 0)
            throw new PcscdUnavailableException("pcscd closed the connection without an answer.");
    }
}
