using System.Globalization;
using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;
using Microsoft.Net.Http.Headers;

namespace Jpki.Silo.Reports;

/// <summary>帳票の API</summary>
internal static class ReportEndpoints
{
    // Wide enough for every certificate there ever was or will be, and far from the ends of the calendar.
    private static readonly DateOnly _firstDay = new(1900, 1, 1);
    private static readonly DateOnly _lastDay = new(2199, 12, 31);

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/reports", List).JournalsRefusals("read-report")
            .WithTags("Reports").WithSummary("The names of all reports, with what they are called")
            .Produces<IReadOnlyList<ReportName>>().ProducesProblem(403);
        routes.MapGet("/reports/{name}", ReadAsync).JournalsReading(RecordKind.Report)
            .WithTags("Reports").WithSummary("A report: from and to (days, inclusive), office; format json, csv or xlsx (or Accept), lang ja or en (or Accept-Language), bom=true for a CSV that Excel opens")
            .Produces<string>(contentType: "application/json", additionalContentTypes: ["text/csv", new ExcelFormat().MediaType])
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapPost("/jobs/reports", RunAsync).JournalsRefusals("write-reports")
            .WithTags("Reports").WithSummary("Writes the files of a day (default: yesterday) into the folder of the reports, unless they are there")
            .Produces<ReportsWritten>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(503);
    }

    /// <summary>Whose figures somebody may see: all, or those of their own municipality; none when they may not.</summary>
    internal static (bool May, MunicipalityCode? Only) Reach(ClaimsPrincipal user) => Actors.From(user) is { } actor && Readers.MaySeeStatistics(actor)
        ? (true, actor.Office?.Municipality)
        : (false, null);

    /// <summary>Reads the days and the office of a request.</summary>
    /// <returns>The refusal, or none.</returns>
    internal static IResult? TryScope(
        string? from, string? to, string? office, MunicipalityCode? only, (DateOnly From, DateOnly To) usual, out ReportScope scope)
    {
        scope = new(only, null, usual.From, usual.To);
        if (!TryDay(from, usual.From, out var first) || !TryDay(to, usual.To, out var last))
            return Problems.BadInput("MalformedDay", "日付は YYYY-MM-DD の形にしてください。", "A day has the form YYYY-MM-DD.", ["from", "to"]);
        if (first > last)
            return Problems.BadInput("DaysReversed", "from は to より後にできません。", "from must not be later than to.", ["from", "to"]);
        OfficeCode? of = OfficeCode.TryParse(office, null, out var code) ? code : null;
        if (office is not null && of is null)
            return Problems.BadInput("MalformedOffice", "office は9桁の窓口コードです。", "office is an office code of nine digits.", ["office"]);
        if (of is { } one && only is { } own && one.Municipality != own)
            return Problems.NotPermitted();
        scope = scope with { Office = of, From = first, To = last };
        return null;
    }

    private static IResult List(ClaimsPrincipal user, ReportDesk desk) => Reach(user).May
        ? Results.Ok(desk.All.Select(each => new ReportName(each.Name, each.Japanese, each.English)))
        : Problems.NotPermitted();

    private static IResult ReadAsync(
        string name, string? from, string? to, string? office, string? format, string? lang, bool? bom,
        HttpContext context, ClaimsPrincipal user, ReportDesk desk, ICivilClock clock)
    {
        if (Reach(user) is not (true, var only))
            return Problems.NotPermitted();
        if (desk.Find(name) is not { } report)
            return Problems.NotFound("NoSuchReport", "その名前の帳票はありません。/reports を見てください。", "There is no report of that name; see /reports.");
        if (ReportFormat.Chosen(format, context.Request.GetTypedHeaders().Accept) is not { } chosen)
            return Problems.BadInput("UnknownFormat", "format は fields のいずれかです。", "format is one of those in fields.", ReportFormat.Names);
        if (LanguageOf(lang, context.Request) is not { } language)
            return Problems.BadInput("UnknownLanguage", "lang は ja または en です。", "lang is ja or en.", ["lang"]);
        if (TryScope(from, to, office, only, report.UsualDays(Jst.DayOf(clock.Now)), out var scope) is { } refusal)
            return refusal;

        var table = new ReportTable(report, scope, language, bom == true, report.RowsAsync(scope, context.RequestAborted));
        var file = string.Create(CultureInfo.InvariantCulture, $"{report.Name}-{scope.From:yyyy-MM-dd}-{scope.To:yyyy-MM-dd}.{chosen.Name}");
        return Results.Stream(
            stream => chosen.WriteAsync(stream, table, context.RequestAborted), chosen is CsvFormat ? "text/csv; charset=utf-8" : chosen.MediaType,
            chosen is JsonFormat ? null : file);
    }

    private static async Task<IResult> RunAsync(
        string? day, HttpContext context, ClaimsPrincipal user, ICivilClock clock, IServiceProvider services)
    {
        if (Actors.From(user)?.Role != Role.Administrator)
            return Problems.NotPermitted();
        if (services.GetService<ReportJob>() is not { } job)
            return Problems.NotFound("NoReportFolder", "Reports:Folder が設定されていません。", "Reports:Folder is not configured.");
        var today = Jst.DayOf(clock.Now);
        if (!TryDay(day, today.AddDays(-1), out var asked))
            return Problems.BadInput("MalformedDay", "日付は YYYY-MM-DD の形にしてください。", "A day has the form YYYY-MM-DD.", ["day"]);
        if (asked >= today)
            return Problems.BadInput("DayNotOver", "まだ終わっていない日の帳票は作れません。", "The day is not over yet.", ["day"]);
        return await job.WriteAsync(asked, context.RequestAborted) is { } written
            ? Results.Ok(new ReportsWritten(written))
            : Problems.NotNow(context, "StatisticsBehind", "統計がまだ追いついていません。後でもう一度お試しください。", "The statistics have not caught up yet; try again later.");
    }

    private static Language? LanguageOf(string? asked, HttpRequest request) => asked switch
    {
        "ja" => Language.Japanese,
        "en" => Language.English,
        null => Preferred(request.GetTypedHeaders().AcceptLanguage),
        _ => null,
    };

    private static Language Preferred(IList<StringWithQualityHeaderValue> accepted) => accepted
        .OrderByDescending(each => each.Quality ?? 1).Select(each => each.Value.Value?.Split('-')[0].ToLowerInvariant())
        .FirstOrDefault(each => each is "ja" or "en") == "en" ? Language.English : Language.Japanese;

    private static bool TryDay(string? text, DateOnly usual, out DateOnly day)
    {
        day = usual;
        return text is null || (DateOnly.TryParseExact(text, "yyyy-MM-dd", out day) && day >= _firstDay && day <= _lastDay);
    }
}

/// <param name="Name">As in <c>/reports/{name}</c>.</param>
public sealed record ReportName(string Name, string Japanese, string English);

/// <param name="Folders">Folders that are there now, below <c>Reports:Folder</c>, made now or before.</param>
public sealed record ReportsWritten(IReadOnlyList<string> Folders);
