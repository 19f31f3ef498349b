using System.Security.Claims;
using System.Text;
using Jpki.Domain;
using Jpki.Silo.Api;
using Jpki.Silo.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Net.Http.Headers;

namespace Jpki.Silo.Legacy;

/// <summary>住基カードの電子証明書の移行 over the API: a file in, a report out, so that nothing but curl is needed.</summary>
public static class LegacyEndpoints
{
    /// <summary>Octets; about 300,000 lines.</summary>
    private const int LargestFile = 16 * 1024 * 1024;

    private const int ShiftJisCodePage = 932;

    public static void AddLegacyImport(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<LegacyImport>();
    }

    public static void MapLegacy(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/legacy/import", ImportAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile))
            .WithTags("Legacy")
            .WithSummary("Records certificates on Juki cards from CSV (resident, serial, issued_on; UTF-8 or Shift_JIS) and reports on each line; administrators only")
            .Accepts<string>("text/csv")
            .Produces<string>(contentType: "text/csv").ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> ImportAsync(HttpContext context, ClaimsPrincipal user, LegacyImport import)
    {
        if (Actors.From(user) is not { Role: Role.Administrator } administrator)
            return Problems.Refused(Refusals.RoleMayNot());
        if (!TryReadEncoding(context.Request, out var encoding))
            return NotCsv();

        // Read whole before the first answer: a sender that writes all before it reads would otherwise wait for us, and we for it.
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        using var file = await LegacyFile.OpenAsync(body, encoding, context.RequestAborted);
        if (file is null)
            return NoColumns();

        context.Response.ContentType = LegacyReport.ContentType;
        await LegacyReport.WriteAsync(
            context.Response.Body, import.RunAsync(file, administrator, context.RequestAborted), context.RequestAborted);
        return Results.Empty;
    }

    /// <param name="encoding">Null for UTF-8.</param>
    /// <returns>False when it is not CSV, or in an encoding we don't read.</returns>
    private static bool TryReadEncoding(HttpRequest request, out Encoding? encoding)
    {
        encoding = null;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase))
            return false;

        var name = type.Charset.Value?.Trim('"').ToLowerInvariant();
        if (name is "shift_jis" or "windows-31j" or "cp932")
            encoding = CodePagesEncodingProvider.Instance.GetEncoding(ShiftJisCodePage);
        return encoding is not null || name is null or "" or "utf-8";
    }

    private static IResult NotCsv() => Problems.BadInput(
        "NotCsv",
        "Content-Type を text/csv; charset=utf-8 または text/csv; charset=shift_jis にしてください。",
        "Send Content-Type: text/csv; charset=utf-8 or text/csv; charset=shift_jis.");

    private static IResult NoColumns() => Problems.BadInput(
        "ColumnsMissing",
        "1行目に resident, serial, issued_on の列名が必要です。何も記録していません。",
        "The first line must name the columns resident, serial and issued_on. Nothing was recorded.");
}
