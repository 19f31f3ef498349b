using System.Security.Claims;
using FluentValidation;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Grains;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Api;

/// <summary>住民の API: one door for commands, and reads for those who may.</summary>
public static class ResidentEndpoints
{
    public static void MapResidents(this IEndpointRouteBuilder routes)
    {
        var residents = routes.MapGroup("/residents/{id}").WithTags("Residents");
        residents.MapPost("/commands", SubmitAsync)
            .WithSummary("Takes one command and answers the recorded events, or the refusal with its rule")
            .Accepts<CommandEnvelope>("application/json")
            .Produces<CommandAnswer>()
            .ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422).ProducesProblem(503);
        residents.MapGet("", LookAsync).JournalsReading(RecordKind.State)
            .WithSummary("The resident's present state")
            .Produces<ResidentView>().ProducesProblem(403).ProducesProblem(404);
        residents.MapGet("/events", HistoryAsync).JournalsReading(RecordKind.History)
            .WithSummary("The resident's whole history, oldest first")
            .Produces<IReadOnlyList<Recorded>>().ProducesProblem(403).ProducesProblem(404);
        residents.MapGet("/certificates/{serial}", CertificateAsync).JournalsReading(RecordKind.Certificate)
            .WithSummary("An issued certificate in DER")
            .Produces<byte[]>(contentType: "application/pkix-cert").ProducesProblem(403).ProducesProblem(404);
    }

    private static async Task<IResult> SubmitAsync(
        string id, HttpContext context, ClaimsPrincipal user, IGrainFactory grains, IValidator<CommandEnvelope> validator)
    {
        if (Actors.From(user) is not { } actor)
            return Problems.NotPermitted();
        if (!ResidentId.TryParse(id, null, out var resident))
            return MalformedId();

        var (envelope, problem) = await CommandReader.ReadAsync(context.Request, validator);
        if (envelope is null)
            return problem!;

        return await grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Submit(envelope, actor)) switch
        {
            ResidentAnswer.Done done => Results.Ok(done.Answer),
            ResidentAnswer.Refused refused => Problems.Refused(refused.Refusal),
            ResidentAnswer.TryAgain => Problems.TryAgain(context),
            var other => throw new InvalidOperationException($"A command is not answered with {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> LookAsync(string id, HttpContext context, ClaimsPrincipal user, IGrainFactory grains)
    {
        if (!ResidentId.TryParse(id, null, out var resident))
            return MalformedId();
        if (!Readers.MaySeeState(Actors.From(user), resident))
            return Problems.NotPermitted();

        var withAttributes = Readers.MaySeeAttributes(Actors.From(user), resident);
        return await grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Look(withAttributes)) switch
        {
            ResidentAnswer.Seen { View: { } view } => Results.Ok(view),
            ResidentAnswer.Seen => Problems.Refused(Refusals.UnknownResident()),
            ResidentAnswer.TryAgain => Problems.TryAgain(context),
            var other => throw new InvalidOperationException($"A look is not answered with {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> HistoryAsync(string id, ClaimsPrincipal user, IResidentLedger ledger)
    {
        if (!ResidentId.TryParse(id, null, out var resident))
            return MalformedId();
        if (!Readers.MaySeeHistory(Actors.From(user), resident))
            return Problems.NotPermitted();

        var recorded = await ledger.ReadAsync(resident);
        return recorded.Count == 0 ? Problems.Refused(Refusals.UnknownResident()) : Results.Ok(recorded);
    }

    private static async Task<IResult> CertificateAsync(string id, string serial, ClaimsPrincipal user, IResidentLedger ledger)
    {
        if (!ResidentId.TryParse(id, null, out var resident))
            return MalformedId();
        if (!SerialNumber.TryParse(serial, null, out var wanted))
            return Problems.Refused(Refusals.UnknownCertificate());
        if (!Readers.MaySeeHistory(Actors.From(user), resident))
            return Problems.NotPermitted();

        var issued = (await ledger.ReadAsync(resident)).Select(each => each.Event).OfType<CertificateIssued>()
            .FirstOrDefault(each => each.Serial == wanted);
        return issued is null
            ? Problems.Refused(Refusals.UnknownCertificate())
            : Results.Bytes(issued.Certificate.ToArray(), "application/pkix-cert");
    }

    internal static IResult MalformedId() => Problems.BadInput(
        "MalformedResidentId",
        "住民の番号は「市区町村コード5桁-8桁」の形です（例: 13207-00000001）。",
        "A resident's number is five digits, a hyphen and eight digits, e.g. 13207-00000001.");
}
