using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;

namespace Jpki.Audit.Tool.Tests;

/// <summary>A log on a real socket, which shows what a test lets it show: honest, forked, rolled back or silent.</summary>
internal sealed class FakeLog : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<TreeHash> _leaves;

    public FakeLog(IEnumerable<TreeHash> leaves)
    {
        _leaves = [.. leaves];
        var port = FreePort();
        Address = $"http://127.0.0.1:{port}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(ServeAsync);
    }

    public string Address { get; }

    /// <summary>How many leaves the newest checkpoint has.</summary>
    public int Size { get; set; }

    /// <summary>What is exported to who has the token.</summary>
    public byte[] Export { get; init; } = [];

    /// <summary>Cosignatures taken, each as it came.</summary>
    public ConcurrentQueue<string> Cosignatures { get; } = [];

    /// <summary>Cosignatures are not taken.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Another past from this leaf on.</summary>
    public void Fork(int from)
    {
        for (var leaf = from; leaf < _leaves.Count; leaf++)
            _leaves[leaf] = TreeHash.OfLeaf([(byte)leaf, 1]);
    }

    public string Checkpoint() => SignedNote.Sign(
        new Checkpoint(InventedRecord.Signer.Key.Name, Size, Root(0, Size), Size, GivenExport.Noon.AddSeconds(Size)).ToText(), InventedRecord.Signer).ToString();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Answer(context);
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        var (status, body) = path switch
        {
            "/log/13207/checkpoint" => (200, Encoding.UTF8.GetBytes(Checkpoint())),
            "/log/13207/proofs/consistency" => (200, Proof(context.Request)),
            "/log/13207/cosignatures" => Take(context.Request),
            "/audit/13207/export" when context.Request.Headers["Authorization"] == "Bearer auditor" => (200, Export),
            "/audit/13207/export" => (401, []),
            _ => (404, (byte[])[]),
        };
        context.Response.StatusCode = status;
        context.Response.OutputStream.Write(body);
        context.Response.Close();
    }

    private byte[] Proof(HttpListenerRequest request)
    {
        var (from, to) = (Number(request, "from"), Number(request, "to"));
        var hashes = ProofPlan.Consistency(from, to).Assemble(node => Root((int)node.Start, 1 << node.Level));
        return JsonSerializer.SerializeToUtf8Bytes(new { from, to, hashes = hashes.Select(each => each.ToBase64()) });
    }

    private (int, byte[]) Take(HttpListenerRequest request)
    {
        if (IsDeaf)
            return (503, []);
        using var reader = new StreamReader(request.InputStream);
        Cosignatures.Enqueue(reader.ReadToEnd());
        return (200, []);
    }

    private TreeHash Root(int start, int count)
    {
        var tree = new TreeFrontier();
        foreach (var leaf in _leaves.Skip(start).Take(count))
            tree.Add(leaf);
        return tree.Root;
    }

    private static int Number(HttpListenerRequest request, string name) => int.Parse(request.QueryString[name]!, CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
