using System.Buffers.Text;
using System.Net.Sockets;

namespace Jpki.Benchmarks.Stages;

/// <summary>
/// One HTTP/1.1 connection (RFC 9112) that is kept and asked one thing at a time: requests are octets made ready, and of an answer only its status
/// and its end are looked at. Load and server share the cores, and a general client would take nearly as much of them as the server.
/// </summary>
internal sealed class PlainLine : IDisposable
{
    private const int LongestAnswer = 64 * 1024;
    private const int StatusAt = 9;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[LongestAnswer];

    private PlainLine()
    {
    }

    public static async Task<PlainLine> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var line = new PlainLine();
        await line._socket.ConnectAsync(address.Host, address.Port, cancellation);
        return line;
    }

    /// <returns>The status of the answer, which has been read to its end.</returns>
    public async ValueTask<int> AskAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        await _socket.SendAsync(request, cancellation);
        var length = 0;
        do
        {
            var more = await _socket.ReceiveAsync(_answer.AsMemory(length), cancellation);
            length += more > 0 ? more : throw new IOException("The server hung up in the middle of an answer.");
        }
        while (!IsWhole(_answer.AsSpan(0, length)));
        return Utf8Parser.TryParse(_answer.AsSpan(StatusAt), out int status, out _) ? status : throw new IOException("Not an answer of HTTP/1.1.");
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("\r\nContent-Length: "u8);
        return length < 0
            ? answer.EndsWith("0\r\n\r\n"u8) // Chunks; JSON has no line ends of its own.
            : Utf8Parser.TryParse(answer[(length + "\r\nContent-Length: "u8.Length)..], out int body, out _) && answer.Length == head + 4 + body;
    }
}
