using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Jpki.Audit.Merkle;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tool.Sources;

/// <summary>A live system over HTTP: the public side for keys, checkpoints and proofs, the API for an auditor's exports.</summary>
internal sealed class AuditServer : IDisposable
{
    // A tree has at most 63 levels; anything longer is no proof.
    private const int LongestAnswer = 1 << 20;

    private readonly HttpClient _http;
    private readonly Uri _api;
    private readonly Uri _log;
    private readonly MunicipalityCode _municipality;

    /// <param name="token">Bearer token; none to ask as anybody.</param>
    /// <param name="authority">PEM; none to trust what the machine trusts.</param>
    public AuditServer(Uri api, Uri log, MunicipalityCode municipality, string? token, FileInfo? authority)
    {
        (_api, _log, _municipality) = (api, log, municipality);
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(15) };
        if (authority is not null)
            handler.SslOptions.CertificateChainPolicy = Trusting(authority);
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The export as the server sends it, compressed.</summary>
    /// <exception cref="UnreachableSourceException">No answer, or no export.</exception>
    public async Task<Stream> ExportAsync(CancellationToken cancellation)
    {
        var response = await SendAsync(new(HttpMethod.Get, At(_api, $"audit/{_municipality}/export?compressed=true")), cancellation);
        return await response.Content.ReadAsStreamAsync(cancellation);
    }

    /// <summary>The log's key, as text. Whoever relies on it has no other proof of it than the wire.</summary>
    public Task<string> KeyAsync(CancellationToken cancellation) => TextAsync(At(_log, $"log/{_municipality}/key"), cancellation);

    /// <summary>The newest checkpoint with its cosignatures.</summary>
    /// <exception cref="UnreachableSourceException">No answer, or no checkpoint yet.</exception>
    public Task<string> CheckpointAsync(CancellationToken cancellation) => TextAsync(At(_log, $"log/{_municipality}/checkpoint"), cancellation);

    /// <summary>The proof that the smaller tree is the beginning of the larger.</summary>
    /// <exception cref="UnreachableSourceException">No answer, or no proof.</exception>
    public async Task<IReadOnlyList<TreeHash>> ConsistencyAsync(long from, long to, CancellationToken cancellation)
    {
        var at = At(_log, string.Create(CultureInfo.InvariantCulture, $"log/{_municipality}/proofs/consistency?from={from}&to={to}"));
        try
        {
            using var answer = JsonDocument.Parse(await TextAsync(at, cancellation));
            return [.. answer.RootElement.GetProperty("hashes").EnumerateArray().Select(each => new TreeHash(each.GetBytesFromBase64()))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new UnreachableSourceException($"{at} の応答は証明ではありません。", $"What {at} answers is no proof.", e);
        }
    }

    /// <summary>Hands in a cosignature.</summary>
    /// <param name="line">A signature's line of a note.</param>
    public async Task CosignAsync(long size, string line, CancellationToken cancellation)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"size {size}\n{line}\n");
        using var request = new HttpRequestMessage(HttpMethod.Post, At(_log, $"log/{_municipality}/cosignatures"))
        {
            Content = new StringContent(text, Encoding.UTF8, "text/plain"),
        };
        using var response = await SendAsync(request, cancellation);
    }

    private async Task<string> TextAsync(Uri at, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        using var response = await SendAsync(new(HttpMethod.Get, at), deadline.Token);
        await using var body = await response.Content.ReadAsStreamAsync(deadline.Token);
        var buffer = new byte[LongestAnswer];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, deadline.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
                return response;
            response.Dispose();
            throw Refused(request.RequestUri!, response.StatusCode);
        }
        catch (HttpRequestException e)
        {
            throw new UnreachableSourceException($"{request.RequestUri} に接続できません。", $"{request.RequestUri} can't be reached: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new UnreachableSourceException($"{request.RequestUri} から応答がありません。", $"{request.RequestUri} does not answer.", e);
        }
    }

    private static UnreachableSourceException Refused(Uri at, HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(
            $"{at} は拒否しました（{(int)status}）。監査人のトークン（--token-file）を確かめてください。", $"{at} refuses ({(int)status}): check the auditor's token (--token-file)."),
        HttpStatusCode.NotFound => new($"{at} はありません（404）。", $"There is nothing at {at} (404)."),
        _ => new($"{at} はエラーを返しました（{(int)status}）。", $"{at} answers with an error ({(int)status})."),
    };

    private static Uri At(Uri server, string path) => new(new Uri(server.AbsoluteUri.TrimEnd('/') + "/"), path);

    private static X509ChainPolicy Trusting(FileInfo authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPem(Files.Text(authority));
            return policy;
        }
        catch (CryptographicException e)
        {
            throw new UnreachableSourceException($"{authority} に証明書がありません。", $"{authority} holds no certificate.", e);
        }
    }
}
