using System.Net.Http.Headers;
using Jpki.Benchmarks.Harness;

namespace Jpki.Benchmarks.Peers;

/// <summary>
/// A few callers, a new connection for each question. For <c>openssl ocsp</c>, which serves one connection after the other and answers wrk's many
/// open ones with silence; who is measured beside it is asked the same way.
/// </summary>
internal static class Asker
{
    private const int Callers = 4;

    /// <returns>Answers a second.</returns>
    public static async Task<double> PostAsync(Uri address, byte[] body, string contentType, TimeSpan length, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        return await Pace.OfCallersAsync(Callers, length, (_, stop) => AskAsync(http, address, body, contentType, stop), cancellation);
    }

    private static async Task AskAsync(HttpClient http, Uri address, byte[] body, string contentType, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.ConnectionClose = true;
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            answer.EnsureSuccessStatusCode();
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new NotAvailableException($"{address} stopped answering.");
        }
    }
}
