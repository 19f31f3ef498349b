using System.Buffers;
using System.IO.Pipelines;
using Jpki.Domain;
using Jpki.Pki.Ocsp;
using Jpki.Silo.Revocation;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Jpki.Silo.PublicSide;

/// <summary>OCSP over HTTP (RFC 6960 appendix A, RFC 5019 6). Every answer of the responder is a 200, its refusals too.</summary>
internal static class OcspEndpoints
{
    private const string RequestType = "application/ocsp-request";
    private const string ResponseType = "application/ocsp-response";
    private const string Segment = "/ocsp/";

    // RFC 5019 6.2 would let caches keep an answer until nextUpdate. They would go on saying "good" for an hour after a revocation.
    private static readonly StringValues Keepable = "public, max-age=30, must-revalidate, no-transform";
    private static readonly StringValues NoStore = "no-store";

    /// <summary><c>POST ocsp</c>, and <c>GET ocsp/{request in Base64, percent-encoded}</c>.</summary>
    public static void MapOcsp(this IEndpointRouteBuilder routes, OcspDesk desk)
    {
        routes.MapPost("/ocsp", http => PostAsync(http, desk));
        routes.MapGet("/ocsp/{**request}", http => GetAsync(http, desk));
    }

    private static async Task PostAsync(HttpContext http, OcspDesk desk)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals(RequestType, StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var body = http.Request.BodyReader;
        while (true)
        {
            var read = await body.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > OcspRequestReader.LongestRequest || http.Request.ContentLength > OcspRequestReader.LongestRequest)
            {
                body.AdvanceTo(read.Buffer.End);
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }

            if (read.IsCompleted)
            {
                var asked = AskAsync(desk, read.Buffer, http.RequestAborted);
                body.AdvanceTo(read.Buffer.End);
                await WriteAsync(http, (await asked).Body, NoStore);
                return;
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ValueTask<OcspReply> AskAsync(OcspDesk desk, ReadOnlySequence<byte> request, CancellationToken cancellationToken) =>
        desk.AskAsync(request.IsSingleSegment ? request.FirstSpan : request.ToArray(), cancellationToken);

    private static async Task GetAsync(HttpContext http, OcspDesk desk)
    {
        var reply = await AskAsync(desk, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, http.RequestAborted);
        if (reply.Validators is not { } validators)
        {
            await WriteAsync(http, reply.Body, NoStore);
            return;
        }

        http.Response.Headers.ETag = validators.ETag;
        http.Response.Headers.LastModified = validators.LastModified;
        if (http.Request.Headers.IfNoneMatch is { Count: > 0 } known && known.Contains(validators.ETag))
        {
            http.Response.Headers.CacheControl = Keepable;
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await WriteAsync(http, reply.Body, Keepable);
    }

    /// <summary>
    /// From the target as it stands in the request line: Base64 has slashes and plus signs of its own, which a decoded path would no longer
    /// tell from separators, or would have lost.
    /// </summary>
    private static ValueTask<OcspReply> AskAsync(OcspDesk desk, string target, CancellationToken cancellationToken)
    {
        var start = target.IndexOf(Segment, StringComparison.OrdinalIgnoreCase) + Segment.Length;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var encoded = target.AsSpan(start, (end < 0 ? target.Length : end) - start);
        var base64 = encoded.Contains('%') ? Uri.UnescapeDataString(encoded) : encoded;
        var request = ArrayPool<byte>.Shared.Rent(base64.Length);
        try
        {
            // What is no Base64 is asked as nothing, and answered as malformed.
            var length = Convert.TryFromBase64Chars(base64, request, out var written) ? written : 0;
            return desk.AskAsync(request.AsSpan(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(request);
        }
    }

    private static ValueTask<FlushResult> WriteAsync(HttpContext http, Octets body, StringValues cacheControl)
    {
        http.Response.ContentType = ResponseType;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.CacheControl = cacheControl;
        http.Response.BodyWriter.Write(body.Span);
        return http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
