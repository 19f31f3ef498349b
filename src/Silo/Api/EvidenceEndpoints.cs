using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Ledger;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;
using Microsoft.AspNetCore.Mvc;

namespace Jpki.Silo.Api;

/// <summary>証拠画像の API: images of identity documents go in before the command that names them (S26).</summary>
public static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder routes)
    {
        var evidence = routes.MapGroup("/evidence/{sha256}").WithTags("Evidence");
        evidence.MapPut("", StoreAsync).JournalsRefusals("store-evidence")
            // One octet more than is taken, so that too much is refused with its rule and not with a broken wire.
            .WithMetadata(new RequestSizeLimitAttribute(Evidence.MostBytes + 1))
            .WithSummary("Stores a JPEG, PNG or PDF of up to 5 MiB under its SHA-256; again is the same")
            .Accepts<byte[]>("image/jpeg", "image/png", "application/pdf")
            .Produces<Evidence>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(422).ProducesProblem(503);
        evidence.MapGet("", ReadAsync).JournalsReading(RecordKind.Evidence)
            .WithSummary("The image, for supervisors of the municipality and auditors")
            .Produces<byte[]>(contentType: "image/jpeg").ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> StoreAsync(string sha256, HttpContext context, ClaimsPrincipal user, EvidenceStore store)
    {
        if (Actors.From(user) is not { Office: { } office } actor || !Readers.MayStoreEvidence(actor))
            return Problems.NotPermitted();
        if (await BodyAsync(context.Request) is not { } content || Evidence.Of(content) is not { } described)
            return Problems.Refused(NotTaken);
        if (described.Sha256 != sha256)
        {
            return Problems.BadInput(
                "HashDiffers",
                "本文の SHA-256 が URL と一致しません。送信中に壊れていないか確かめてください。",
                "The body's SHA-256 is not the one in the URL. It may have been damaged on the way.");
        }

        try
        {
            return Results.Ok(await store.SaveAsync(office.Municipality, content, context.RequestAborted));
        }
        catch (LedgerOutcomeUnknownException)
        {
            return Problems.TryAgain(context);
        }
    }

    private static async Task<IResult> ReadAsync(string sha256, HttpContext context, ClaimsPrincipal user, EvidenceStore store)
    {
        var actor = Actors.From(user);
        if (!Readers.MaySeeEvidence(actor))
            return Problems.NotPermitted();

        MunicipalityCode? municipality = actor!.Role == Role.Auditor ? null : actor.Office!.Value.Municipality;
        if (await store.ReadAsync(municipality, sha256, context.RequestAborted) is not { } stored)
            return Problems.NotFound("UnknownEvidence", "その画像は保管されていません。", "No such image is stored.");

        // Shown as what its octets are and never as anything a browser would run.
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(stored.Content, stored.Evidence.MediaType);
    }

    /// <summary>The body; none when it is longer than is taken.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return body.ToArray();
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static Refusal NotTaken { get; } = new(
        "NotAnImage",
        "S26",
        RefusalNature.RuleBroken,
        "JPEG・PNG・PDF の画像（5MB まで）だけを登録できます。",
        "Only a JPEG, PNG or PDF of up to 5 MiB is taken.");
}
