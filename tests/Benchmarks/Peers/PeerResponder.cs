using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jpki.Benchmarks.Revocation;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Peers;

/// <summary>A peer's OCSP responder for one good certificate of an RSA-2048 authority, which signs its answers itself.</summary>
internal sealed class PeerResponder : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly SerialNumber Serial = SerialNumber.Parse("0102030405060708090a0b0c0d0e0f10");

    private readonly ChildProcess _process;

    private PeerResponder(ChildProcess process, Uri address, byte[] request) => (_process, Address, Request) = (process, address, request);

    public Uri Address { get; }

    /// <summary>Without a nonce.</summary>
    public byte[] Request { get; }

    /// <summary>
    /// <c>openssl ocsp</c>, which signs each answer when it is asked, in one process: its <c>-multi</c> leaves children behind that spin, and ends by a
    /// signal to its whole group.
    /// </summary>
    public static async Task<PeerResponder> OpenSslAsync(Stage stage, CancellationToken cancellation)
    {
        var (folder, port, request) = Prepare(stage, "openssl-ocsp");
        await File.WriteAllTextAsync(Path.Combine(folder, "index.txt"), $"V\t350101000000Z\t\t{Serial.Value.ToUpperInvariant()}\tunknown\t/CN=somebody\n", cancellation);
        return await StartAsync(
            "openssl",
            ["ocsp", "-index", "index.txt", "-port", Text(port), "-rsigner", "ca.pem", "-rkey", "ca-key.pem", "-CA", "ca.pem"],
            folder, port, request, cancellation);
    }

    /// <summary><c>cfssl ocspserve</c>, which hands out answers signed before.</summary>
    public static async Task<PeerResponder> CfsslAsync(Stage stage, CancellationToken cancellation)
    {
        var (folder, port, request) = Prepare(stage, "cfssl-ocsp");
        var signed = await Tool.RunAsync(
            "cfssl",
            ["ocspsign", "-ca=ca.pem", "-responder=ca.pem", "-responder-key=ca-key.pem", "-cert=somebody.pem", "-status=good", "-loglevel=5"],
            cancellation,
            folder);
        using var answer = JsonDocument.Parse(signed);
        await File.WriteAllTextAsync(Path.Combine(folder, "responses"), answer.RootElement.GetProperty("ocspResponse").GetString(), cancellation);
        return await StartAsync(
            "cfssl", ["ocspserve", "-address=127.0.0.1", "-port=" + Text(port), "-responses=responses", "-loglevel=5"], folder, port, request, cancellation);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static (string Folder, int Port, byte[] Request) Prepare(Stage stage, string name)
    {
        var folder = stage.Folder(name);
        PeerAuthority.Write(folder);
        PeerAuthority.WriteCertificate(folder, Serial.ToOctets(), "somebody.pem");
        using var issuer = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(folder, "ca.pem")));
        return (folder, BenchSilo.FreePorts(1)[0], OcspRequests.For(issuer, Serial));
    }

    private static async Task<PeerResponder> StartAsync(
        string program, IReadOnlyList<string> arguments, string folder, int port, byte[] request, CancellationToken cancellation)
    {
        var process = ChildProcess.Start(program, arguments, folder: folder);
        var address = new Uri($"http://127.0.0.1:{Text(port)}/");
        await process.ListeningAsync(port, Patience, cancellation);
        return new(process, address, request);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
