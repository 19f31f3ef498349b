using System.Security.Claims;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;
using Microsoft.AspNetCore.Mvc;

namespace Jpki.Silo.Bulk;

/// <summary>一括失効の API: a file in, a report out, and the second officer's word.</summary>
public static class BulkEndpoints
{
    /// <summary>Octets; more than the longest list has.</summary>
    private const int LargestFile = 1024 * 1024;

    private static readonly Dictionary<string, ExOfficioReason> _reasons =
        Enum.GetValues<ExOfficioReason>().ToDictionary(each => JsonNamingPolicy.CamelCase.ConvertName(each.ToString()));

    public static void AddBulk(this IServiceCollection services)
    {
        services.AddSingleton<BulkIntake>();
        services.AddSingleton<BulkLineWork>();
        services.AddSingleton<BulkRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<BulkRunner>());
    }

    public static void MapBulk(this IEndpointRouteBuilder routes)
    {
        var bulk = routes.MapGroup("/bulk").WithTags("Bulk");
        bulk.MapPost("", ProposeAsync).JournalsRefusals("propose-bulk-revocation")
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile))
            .WithSummary("Proposes to revoke the certificates of a CSV (resident, serial) ex officio; every line is checked, nothing is done yet; supervisors only")
            .Accepts<string>("text/csv")
            .Produces<BulkReport>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(409).ProducesProblem(413).ProducesProblem(503);
        bulk.MapGet("", ListAsync)
            .WithSummary("What awaits a second officer or is under way, the oldest first")
            .Produces<IReadOnlyList<BulkView>>().ProducesProblem(403);
        bulk.MapGet("/{id}", LookAsync).JournalsReading(RecordKind.Bulk)
            .WithSummary("One, with how far it is and the lines that were rejected or failed")
            .Produces<BulkReport>().ProducesProblem(403).ProducesProblem(404);
        bulk.MapGet("/{id}/lines", LinesAsync).JournalsReading(RecordKind.Bulk)
            .WithSummary("The accepted lines, exactly the octets whose SHA-256 is shown")
            .Produces<string>(contentType: "text/csv").ProducesProblem(403).ProducesProblem(404);
        bulk.MapPost("/{id}/confirmation", ConfirmAsync).JournalsRefusals("confirm-bulk-revocation")
            .WithSummary("Confirms it, as another supervisor; it is carried out from now on. Again by the same supervisor it goes on at once")
            .Produces<BulkView>(202).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        bulk.MapPost("/{id}/withdrawal", WithdrawAsync).JournalsRefusals("withdraw-bulk-revocation")
            .WithSummary("Takes it back, or turns it down")
            .Produces<BulkView>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
    }

    private static async Task<IResult> ProposeAsync(
        string? commandId, string? reason, HttpContext context, ClaimsPrincipal user, IMunicipalities municipalities, BulkIntake intake)
    {
        if (Actors.From(user) is not { } actor)
            return Problems.NotPermitted();
        if (BulkRevocation.MayPropose(actor, actor.Office is { } office ? municipalities.Find(office.Municipality) : null) is { } refusal)
            return Problems.Refused(refusal);
        if (!CommandId.TryParse(commandId, null, out var id) || reason is null || !_reasons.TryGetValue(reason, out var why))
            return QueryMissing();
        if (context.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            return Problems.BadInput("NotCsv", "Content-Type を text/csv にしてください。", "Send Content-Type: text/csv.");

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        return await BulkFile.ReadAsync(body, context.RequestAborted) switch
        {
            null => ColumnsMissing(),
            { Count: 0 or > BulkRevocation.MostLines } => WrongNumberOfLines(),
            var lines => await AnswerAsync(context, async () => await intake.ProposeAsync(id, why, actor, lines, context.RequestAborted) is { } report
                ? Results.Ok(report)
                : Problems.Refused(BulkRefusals.BulkIdTaken())),
        };
    }

    private static async Task<IResult> ListAsync(ClaimsPrincipal user, BulkStore store, ICivilClock clock, CancellationToken cancellation)
    {
        if (Actors.From(user) is not { } actor || !Readers.MaySeeWorklist(actor))
            return Problems.NotPermitted();

        var open = await store.OpenAsync(actor.Role == Role.Auditor ? null : actor.Office!.Value.Municipality, cancellation);
        return Results.Ok(open.Select(each => BulkView.Of(each, clock.Now)));
    }

    private static Task<IResult> LookAsync(string id, ClaimsPrincipal user, BulkStore store, ICivilClock clock, CancellationToken cancellation) =>
        WithSeenAsync(
            id, user, store,
            async stored =>
            {
                var troubled = (await store.LinesAsync(stored.Bulk.Id, cancellation)).Where(each => each.Why is not null);
                return Results.Ok(new BulkReport(BulkView.Of(stored, clock.Now), [.. troubled.Select(BulkLineView.Of)]));
            },
            cancellation);

    private static Task<IResult> LinesAsync(string id, ClaimsPrincipal user, BulkStore store, CancellationToken cancellation) =>
        WithSeenAsync(
            id, user, store,
            async stored => Results.Bytes(BulkIntake.Text(BulkIntake.Accepted(await store.LinesAsync(stored.Bulk.Id, cancellation))), "text/csv"),
            cancellation);

    private static Task<IResult> ConfirmAsync(
        string id, HttpContext context, ClaimsPrincipal user, BulkStore store, BulkRunner runner, ICivilClock clock) =>
        WithSeenAsync(id, user, store, stored => AnswerAsync(context, async () =>
        {
            var (actor, bulk) = (Actors.From(user)!, stored.Bulk);
            var again = bulk.Decision is { Confirmed: true } decision && decision.By == actor;
            if (!again && bulk.MayConfirm(actor, Jst.DayOf(clock.Now)) is { } refusal)
                return Problems.Refused(refusal);
            if (!again && !await store.DecideAsync(bulk.Id, new(true, actor, clock.Now), context.RequestAborted))
                return Problems.Refused(BulkRefusals.BulkNotWaiting());

            runner.Ring();
            return Results.Accepted($"/bulk/{bulk.Id}", BulkView.Of((await store.FindAsync(bulk.Id, context.RequestAborted))!, clock.Now));
        }), context.RequestAborted);

    private static Task<IResult> WithdrawAsync(string id, HttpContext context, ClaimsPrincipal user, BulkStore store, ICivilClock clock) =>
        WithSeenAsync(id, user, store, stored => AnswerAsync(context, async () =>
        {
            var actor = Actors.From(user)!;
            if (stored.Bulk.MayWithdraw(actor) is { } refusal)
                return Problems.Refused(refusal);

            return await store.DecideAsync(stored.Bulk.Id, new(false, actor, clock.Now), context.RequestAborted)
                ? Results.Ok(BulkView.Of((await store.FindAsync(stored.Bulk.Id, context.RequestAborted))!, clock.Now))
                : Problems.Refused(BulkRefusals.BulkNotWaiting());
        }), context.RequestAborted);

    /// <summary>Staff see their own municipality's, auditors everybody's; of another's not even that there is one.</summary>
    private static async Task<IResult> WithSeenAsync(
        string text, ClaimsPrincipal user, BulkStore store, Func<StoredBulk, Task<IResult>> answer, CancellationToken cancellation)
    {
        if (Actors.From(user) is not { } actor || !Readers.MaySeeWorklist(actor))
            return Problems.NotPermitted();

        return CommandId.TryParse(text, null, out var id) && await store.FindAsync(id, cancellation) is { } stored
            && (actor.Role == Role.Auditor || actor.Office!.Value.Municipality == stored.Bulk.Municipality)
            ? await answer(stored)
            : Problems.Refused(BulkRefusals.NoSuchBulk());
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (LedgerOutcomeUnknownException)
        {
            return Problems.TryAgain(context);
        }
    }

    private static IResult QueryMissing() => Problems.BadInput(
        "WrongQuery",
        "commandId（GUID）と reason を指定してください。使える理由は fields に示します。",
        "Give commandId (a GUID) and reason; fields lists the reasons there are.",
        [.. _reasons.Keys]);

    private static IResult ColumnsMissing() => Problems.BadInput(
        "ColumnsMissing",
        "1行目に resident, serial の列名が必要です。",
        "The first line must name the columns resident and serial.");

    private static IResult WrongNumberOfLines() => Problems.BadInput(
        "WrongNumberOfLines",
        "1行以上10,000行以下にしてください。",
        "Send 1 to 10,000 lines.");
}
