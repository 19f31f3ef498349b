using System.Security.Claims;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Api;

/// <summary>事務室の API: what waits, and the nightly jobs.</summary>
public static class OfficeEndpoints
{
    /// <summary>As many as a person looks through; a narrower question finds the rest.</summary>
    private const int LongestWorklist = 500;

    private static readonly Dictionary<string, WorkKind> _kinds = Enum.GetValues<WorkKind>()
        .Where(each => new WorkItem(each, null, default, "").IsForPeople)
        .ToDictionary(each => JsonNamingPolicy.CamelCase.ConvertName(each.ToString()));

    public static void MapOffice(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/worklist", WorklistAsync).JournalsReading(RecordKind.Worklist)
            .WithTags("Office").WithSummary("What waits for somebody, the earliest due first; kind and due (a day, inclusive) narrow it")
            .Produces<Worklist>().ProducesProblem(400).ProducesProblem(403);
        routes.MapPost("/jobs/open-work/rebuild", RebuildAsync)
            .WithTags("Office").WithSummary("Makes the rows of open work anew from the events; commands wait meanwhile")
            .Produces(204).ProducesProblem(403);
        routes.MapPost("/jobs/certificates/rebuild", RebuildRegisterAsync)
            .WithTags("Office").WithSummary("Corrects the register of certificates by the events, and tells how many rows it corrected; commands wait meanwhile")
            .Produces<CorrectedRows>().ProducesProblem(403);
        routes.MapPost("/jobs/nightly", RunNightAsync)
            .WithTags("Office").WithSummary("Does the nightly jobs of a day (default: today) for every municipality; again with no second effect")
            .Produces<IReadOnlyList<NightReport>>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> WorklistAsync(
        string? kind, string? due, ClaimsPrincipal user, ResidentLedger ledger, CancellationToken cancellation)
    {
        if (Actors.From(user) is not { } actor || !Readers.MaySeeWorklist(actor))
            return Problems.NotPermitted();
        if (!TryKind(kind, out var wanted))
            return Problems.BadInput("UnknownKind", "kind は fields のいずれかです。", "kind is one of those in fields.", [.. _kinds.Keys]);
        if (!TryDay(due, out var until))
            return MalformedDay("due");

        var items = new List<WaitingItem>();
        await foreach (var work in ledger.OpenWorkAsync(actor.Office?.Municipality, wanted, until, cancellation))
        {
            items.AddRange(work.Items.Select(each => new WaitingItem(work.Resident, each.Kind, each.Since, each.DueOn, each.Reference)));
            if (items.Count > LongestWorklist)
                break;
        }

        return Results.Ok(new Worklist([.. items.Take(LongestWorklist)], items.Count > LongestWorklist));
    }

    private static async Task<IResult> RunNightAsync(
        string? day, ClaimsPrincipal user, ICivilClock clock, IMunicipalities municipalities, IGrainFactory grains)
    {
        if (Actors.From(user)?.Role != Role.Administrator)
            return Problems.NotPermitted();
        if (!TryDay(day, out var asked))
            return MalformedDay("day");
        var today = Jst.DayOf(clock.Now);
        if (asked > today)
            return Problems.BadInput("DayNotCome", "まだ来ていない日の夜間処理は行えません。", "The jobs of a day that has not come can't be done.", ["day"]);

        var reports = new List<NightReport>();
        foreach (var municipality in municipalities.All)
            reports.Add(await grains.GetGrain<INightlyGrain>(municipality.Code.Value).Run(asked ?? today));
        return Results.Ok(reports);
    }

    private static async Task<IResult> RebuildAsync(ClaimsPrincipal user, ResidentLedger ledger, CancellationToken cancellation)
    {
        if (Actors.From(user)?.Role != Role.Administrator)
            return Problems.NotPermitted();

        await ledger.RebuildOpenWorkAsync(cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> RebuildRegisterAsync(ClaimsPrincipal user, CertificateRegister register, CancellationToken cancellation) =>
        Actors.From(user)?.Role == Role.Administrator
            ? Results.Ok(new CorrectedRows(await register.RebuildAsync(cancellation)))
            : Problems.NotPermitted();

    private static bool TryKind(string? text, out WorkKind? kind)
    {
        kind = text is not null && _kinds.TryGetValue(text, out var known) ? known : null;
        return text is null || kind is not null;
    }

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", out var parsed) ? parsed : null;
        return text is null || day is not null;
    }

    private static IResult MalformedDay(string name) => Problems.BadInput(
        "MalformedDay", "日付は YYYY-MM-DD の形にしてください。", "A day has the form YYYY-MM-DD.", [name]);
}

/// <param name="Corrected">Rows added, corrected and taken out.</param>
public sealed record CorrectedRows(int Corrected);
