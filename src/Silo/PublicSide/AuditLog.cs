using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Domain.Identifiers;
using Jpki.Ledger;
using Jpki.Pki.Notes;
using Jpki.Silo.Audit;
using Jpki.Silo.Configuration;

namespace Jpki.Silo.PublicSide;

/// <summary>
/// 監査ログの公開: key, checkpoints and proofs, for anybody: hashes and sizes, nothing about anyone. Only witnesses that are configured may add their
/// cosignatures.
/// </summary>
internal sealed class AuditLog(AuditTree tree, CheckpointKeys keys, SiloOptions options)
{
    private const int MarksOfAPage = 1_000;
    private const string SizeLine = "size ";

    // Base64 has plus signs, which other languages' readers of hashes do not expect escaped.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Start-up refuses what is none.
    private readonly IReadOnlyList<NoteKey> _witnesses =
        [.. options.Audit.Witnesses.Select(each => NoteKey.TryParse(each, out var key) ? key : null).OfType<NoteKey>()];

    /// <summary>Everything under <c>/log/{municipality}</c>.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/log/{municipality}");
        log.MapGet("/key", http => WriteAsync(http, Code(http) is { } code && keys.KeyOf(code) is { } key ? key + "\n" : null));
        log.MapGet("/checkpoint", async http => await WriteAsync(http, Code(http) is { } code ? (await tree.LastCheckpointAsync(code, http.RequestAborted))?.Note : null));
        log.MapGet("/checkpoints", CheckpointsAsync);
        log.MapGet("/checkpoints/{size:long}", async http => await WriteAsync(
            http, Code(http) is { } code ? (await tree.CheckpointAsync(code, Long(http.Request.RouteValues["size"]), http.RequestAborted))?.Note : null));
        log.MapGet("/proofs/inclusion", InclusionAsync);
        log.MapGet("/proofs/consistency", ConsistencyAsync);
        log.MapPost("/cosignatures", CosignAsync);
    }

    private async Task CheckpointsAsync(HttpContext http)
    {
        var marks = Code(http) is { } code ? await tree.MarksAsync(code, Query(http, "from") - 1, MarksOfAPage, http.RequestAborted) : null;
        await JsonAsync(http, marks?.Select(each => new { each.Size, each.At }));
    }

    private async Task InclusionAsync(HttpContext http)
    {
        var (index, size) = (Query(http, "index"), Query(http, "size"));
        var hashes = Code(http) is { } code ? await tree.InclusionAsync(code, index, size, http.RequestAborted) : null;
        await JsonAsync(http, hashes is null ? null : new { Index = index, Size = size, Hashes = Text(hashes) });
    }

    private async Task ConsistencyAsync(HttpContext http)
    {
        var (from, to) = (Query(http, "from"), Query(http, "to"));
        var hashes = Code(http) is { } code ? await tree.ConsistencyAsync(code, from, to, http.RequestAborted) : null;
        await JsonAsync(http, hashes is null ? null : new { From = from, To = to, Hashes = Text(hashes) });
    }

    /// <summary>Two lines: <c>size N</c>, and a signature's line of the checkpoint of that size.</summary>
    private async Task CosignAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        if (Code(http) is not { } code
            || text.Split('\n') is not [var first, var line, ""] || !first.StartsWith(SizeLine, StringComparison.Ordinal)
            || !long.TryParse(first[SizeLine.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || await tree.CheckpointAsync(code, size, http.RequestAborted) is not { } checkpoint
            || !SignedNote.TryParse(checkpoint.Note + line + "\n", out var note))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var signature = note.Signatures[^1];
        var alone = note with { Signatures = [signature] };
        if (!_witnesses.Any(witness => signature.IsBy(witness) && Cosignature.SignedAt(alone, witness, Ed25519Judge.Instance) is not null))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await tree.KeepAsync(code, size, signature, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static MunicipalityCode? Code(HttpContext http) =>
        MunicipalityCode.TryParse((string?)http.Request.RouteValues["municipality"], null, out var code) ? code : null;

    private static long Long(object? value) => long.Parse((string)value!, CultureInfo.InvariantCulture);

    private static long Query(HttpContext http, string name) =>
        long.TryParse(http.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string[] Text(IReadOnlyList<TreeHash> hashes) => [.. hashes.Select(each => each.ToBase64())];

    private static async Task WriteAsync(HttpContext http, string? text)
    {
        if (text is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        await http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static Task JsonAsync(HttpContext http, object? value)
    {
        if (value is not null)
            return http.Response.WriteAsJsonAsync(value, Plain, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
