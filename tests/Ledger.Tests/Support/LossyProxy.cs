using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace Jpki.Ledger.Tests.Support;

/// <summary>
/// A wire to the server that can lose the answer to a commit: the server has committed, the client never hears of it.
/// </summary>
internal sealed class LossyProxy : IAsyncDisposable
{
    // CommandComplete of a transaction's end carries this tag (PostgreSQL's frontend/backend protocol 55.7).
    private static readonly byte[] CommitTag = Encoding.ASCII.GetBytes("COMMIT\0");

    // ReadyForQuery outside a transaction: what was asked without one is committed.
    private static readonly byte[] Idle = [(byte)'Z', 0, 0, 0, 5, (byte)'I'];
    private static readonly byte[] Append = Encoding.ASCII.GetBytes("append_batch");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly Task _accepting;
    private CancellationTokenSource _cut = new();

    public LossyProxy(string connectionString)
    {
        _server = new NpgsqlConnectionStringBuilder(connectionString);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The next answer to a commit is swallowed and its connection cut.</summary>
    public bool LosesNextCommit { get; set; }

    public int Lost { get; private set; }

    /// <summary>Cuts the connections there are; what the server is doing for them it goes on with until it next looks.</summary>
    public async Task CutAsync()
    {
        using var earlier = Interlocked.Exchange(ref _cut, new());
        await earlier.CancelAsync();
    }

    public string ConnectionString => new NpgsqlConnectionStringBuilder(_server.ConnectionString)
    {
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port,
        MaxAutoPrepare = 0, // So that every append is sent with its text, and known by it.
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _end.Dispose();
        _cut.Dispose();
    }

    private async Task AcceptAsync()
    {
        var wires = new List<Task>();
        try
        {
            while (true)
                wires.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(wires);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, _cut.Token);
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server.Host!, _server.Port, end.Token);
                var wire = new Wire();
                await Task.WhenAny(
                    QuestionsAsync(wire, client.GetStream(), server.GetStream(), end.Token),
                    AnswersAsync(wire, server.GetStream(), client.GetStream(), end.Token));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // A cut wire is what this proxy is for; the client under test sees it on its own side.
            }
        }
    }

    private static async Task QuestionsAsync(Wire wire, NetworkStream from, NetworkStream to, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellation) is var length and > 0)
        {
            wire.Appends |= buffer.AsSpan(0, length).IndexOf(Append) >= 0;
            await to.WriteAsync(buffer.AsMemory(0, length), cancellation);
        }
    }

    private async Task AnswersAsync(Wire wire, NetworkStream from, NetworkStream to, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, cancellation) is var length and > 0)
        {
            if (LosesNextCommit && IsCommit(wire, buffer.AsSpan(0, length)))
            {
                LosesNextCommit = false;
                Lost++;
                return;
            }

            wire.Appends &= !buffer.AsSpan(0, length).EndsWith(Idle);
            await to.WriteAsync(buffer.AsMemory(0, length), cancellation);
        }
    }

    private static bool IsCommit(Wire wire, ReadOnlySpan<byte> answer) => answer.IndexOf(CommitTag) >= 0 || (wire.Appends && answer.EndsWith(Idle));

    /// <summary>One connection, and whether an append is under way on it.</summary>
    private sealed class Wire
    {
        public bool Appends { get; set; }
    }
}
