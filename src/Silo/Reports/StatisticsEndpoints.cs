using System.Buffers.Text;
using System.Security.Claims;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Rules;
using Jpki.Domain.Statistics;
using Jpki.Grains;
using Jpki.Ledger.Statistics;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Reports;

/// <summary>統計の API: the cells themselves, how they stand, and how they are made anew.</summary>
internal static class StatisticsEndpoints
{
    private const int UsualPage = 500;
    private const int LargestPage = 5_000;

    private static readonly Dictionary<string, Figure> _figures = Enum.GetValues<Figure>().ToDictionary(ContractName.Of);

    public static void MapStatistics(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Statistics");
        group.MapGet("/statistics", CellsAsync).JournalsRefusals("read-statistics")
            .WithSummary("Cells of the statistics by day and all dimensions; from and to (days, inclusive), office, figure; limit and cursor for pages")
            .Produces<CellPage>().ProducesProblem(400).ProducesProblem(403);
        group.MapGet("/statistics/status", StatusAsync).JournalsRefusals("read-statistics")
            .WithSummary("How far the statistics are, what they have folded (count, running hash), the rebuild, and incidents that stand")
            .Produces<StatisticsStatus>().ProducesProblem(403);
        group.MapPost("/jobs/statistics/rebuild", RebuildAsync).JournalsRefusals("rebuild-statistics")
            .WithSummary("Makes the statistics anew from the first event, while they are read and followed as before; one that was stopped goes on. Its progress is in the status")
            .Produces<StatisticsRebuildStatus>(202).ProducesProblem(403);
        group.MapDelete("/jobs/statistics/rebuild", StopAsync).JournalsRefusals("stop-rebuild")
            .WithSummary("Stops a rebuild; what it has done is kept")
            .Produces(204).ProducesProblem(403).ProducesProblem(404);
        group.MapPost("/jobs/statistics/check", CheckAsync).JournalsRefusals("check-statistics")
            .WithSummary("Folds all events again and compares every row, now; what differs becomes an incident and is repaired")
            .Produces<StatisticsStatus>().ProducesProblem(403);
    }

    private static async Task<IResult> CellsAsync(
        string? from, string? to, string? office, string? figure, int? limit, string? cursor, ClaimsPrincipal user, StatisticsViews views, ICivilClock clock,
        CancellationToken cancellation)
    {
        if (ReportEndpoints.Reach(user) is not (true, var only))
            return Problems.NotPermitted();
        var today = Jst.DayOf(clock.Now);
        if (ReportEndpoints.TryScope(from, to, office, only, (new(today.Year, today.Month, 1), today), out var scope) is { } refusal)
            return refusal;
        if (figure is not null && !_figures.ContainsKey(figure))
            return Problems.BadInput("UnknownFigure", "figure は fields のいずれかです。", "figure is one of those in fields.", [.. _figures.Keys]);
        if (limit is < 1 or > LargestPage)
            return Problems.BadInput("LimitOutOfRange", "limit は 1 から 5000 までです。", "limit is 1 to 5000.", ["limit"]);
        if (!TryCursor(cursor, out var after))
            return Problems.BadInput("MalformedCursor", "cursor は前のページの next をそのまま指定してください。", "cursor is the next of the page before, as it is.", ["cursor"]);

        var query = new StatisticsQuery(scope.Municipality, scope.From, scope.To, scope.Office, figure is null ? null : [_figures[figure]]);
        var size = limit ?? UsualPage;
        var cells = await views.CellsAsync(query, after, size + 1, cancellation).ToListAsync(cancellation);
        return Results.Ok(new CellPage(
            [.. cells.Take(size).Select(CellView.Of)], cells.Count > size ? CursorOf(cells[size - 1].Key) : null));
    }

    private static async Task<IResult> StatusAsync(ClaimsPrincipal user, StatisticsViews views, CancellationToken cancellation) =>
        Actors.From(user) is { Role: Role.Statistics or Role.Auditor or Role.Administrator }
            ? Results.Ok(await views.StatusAsync(cancellation))
            : Problems.NotPermitted();

    private static async Task<IResult> RebuildAsync(ClaimsPrincipal user, StatisticsViews views, CancellationToken cancellation) =>
        Actors.From(user) is { Role: Role.Administrator } administrator
            ? Results.Accepted("/statistics/status", await views.RequestRebuildAsync(administrator.Subject, cancellation))
            : Problems.NotPermitted();

    private static async Task<IResult> StopAsync(ClaimsPrincipal user, StatisticsViews views, CancellationToken cancellation)
    {
        if (Actors.From(user)?.Role != Role.Administrator)
            return Problems.NotPermitted();
        return await views.StopRebuildAsync(cancellation)
            ? Results.NoContent()
            : Problems.NotFound("NoRebuildUnderWay", "再構築は行われていません。", "No rebuild is under way.");
    }

    private static async Task<IResult> CheckAsync(ClaimsPrincipal user, StatisticsViews views, CancellationToken cancellation)
    {
        if (Actors.From(user)?.Role is not (Role.Administrator or Role.Auditor))
            return Problems.NotPermitted();
        await views.CheckAsync(cancellation);
        return Results.Ok(await views.StatusAsync(cancellation));
    }

    private static string CursorOf(CellKey last) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(last, Contract.Options));

    private static bool TryCursor(string? text, out CellKey? after)
    {
        after = null;
        if (text is null)
            return true;
        try
        {
            after = JsonSerializer.Deserialize<CellKey>(Base64Url.DecodeFromChars(text), Contract.Options);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return false;
        }
    }
}

/// <param name="Next">To be given as <c>cursor</c> for the next page; none on the last.</param>
public sealed record CellPage(IReadOnlyList<CellView> Cells, string? Next);

/// <summary>A cell; dimensions that a figure does not have are empty.</summary>
public sealed record CellView(
    string Municipality, DateOnly Day, string Office, Figure Figure, string Kind, string Procedure, string Reason, string Fee, string Applicant, string Detail,
    long Count, long Yen)
{
    internal static CellView Of(StatisticsCell cell) => new(
        cell.Key.Municipality.Value, cell.Key.Day, cell.Key.Office, cell.Key.Figure, cell.Key.Kind, cell.Key.Procedure, cell.Key.Reason, cell.Key.Fee,
        cell.Key.Applicant, cell.Key.Detail, cell.Sum.Count, cell.Sum.Yen);
}
