using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Npgsql;

namespace Jpki.Benchmarks.Peers;

/// <summary>Debian's <c>golang-cfssl</c> with an RSA-2048 authority and the tables it keeps its certificates in.</summary>
internal sealed class Cfssl : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The tables its certdb package names (accessor and record tags); it brings no file that makes them.
    private const string Tables =
        """
        create table if not exists certificates (
            serial_number bytea not null, authority_key_identifier bytea not null, ca_label bytea, status bytea not null, reason int,
            expiry timestamptz, revoked_at timestamptz, pem bytea not null, primary key (serial_number, authority_key_identifier));
        """;

    private readonly ChildProcess _process;
    private readonly HttpClient _line;
    private readonly byte[] _request;

    private Cfssl(ChildProcess process, HttpClient line, byte[] request) => (_process, _line, _request) = (process, line, request);

    /// <summary>Starts <c>cfssl serve</c> on a database of its own.</summary>
    public static async Task<Cfssl> ServeAsync(Stage stage, int connections, CancellationToken cancellation)
    {
        var folder = stage.Folder("cfssl");
        var database = new NpgsqlConnectionStringBuilder(await stage.DatabaseAsync("cfssl", cancellation));
        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var create = source.CreateCommand(Tables))
            await create.ExecuteNonQueryAsync(cancellation);

        PeerAuthority.Write(folder);
        var port = BenchSilo.FreePorts(1)[0];
        var data = string.Create(
            CultureInfo.InvariantCulture,
            $"postgres://{database.Username}:{database.Password}@{database.Host}:{database.Port}/{database.Database}?sslmode=disable");
        await File.WriteAllTextAsync(
            Path.Combine(folder, "db.json"), JsonSerializer.Serialize(new { driver = "postgres", data_source = data }), cancellation);
        var process = ChildProcess.Start(
            "cfssl",
            [
                "serve", "-address=127.0.0.1", $"-port={port}", "-ca=ca.pem", "-ca-key=ca-key.pem", "-db-config=db.json", "-loglevel=4",
            ],
            folder: folder);
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/api/v1/cfssl/"));
        await process.ListeningAsync(address.Port, Patience, cancellation);
        var line = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = address };
        return new(process, line, Request());
    }

    /// <summary>Has one certificate signed and stored.</summary>
    public async Task SignAsync(CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(_request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await _line.PostAsync(new Uri("sign", UriKind.Relative), content, cancellation);
        var body = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode || !body.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            throw new NotAvailableException($"cfssl did not sign: {body}");
    }

    public ValueTask DisposeAsync()
    {
        _line.Dispose();
        return _process.DisposeAsync();
    }

    private static byte[] Request()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return JsonSerializer.SerializeToUtf8Bytes(new { hostname = "somebody", certificate_request = request.CreateSigningRequestPem() });
    }
}
