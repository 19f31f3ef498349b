using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Grains;
using Jpki.Silo.Journal;
using Jpki.Silo.Letters;
using Jpki.Silo.Security;

namespace Jpki.Silo.Api;

/// <summary>照会書兼回答書: the letter of an open agent case, to be printed and posted (S22).</summary>
public static class InquiryLetterEndpoint
{
    public static void MapInquiryLetters(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/residents/{id}/agent-cases/{agentCase}/letter", LetterAsync).JournalsReading(RecordKind.InquiryLetter)
            .WithTags("Residents").WithSummary("The inquiry letter of an open agent case, a page of HTML to be printed on A4")
            .Produces<string>(contentType: "text/html").ProducesProblem(403).ProducesProblem(409);

    private static async Task<IResult> LetterAsync(
        string id, string agentCase, HttpContext context, ClaimsPrincipal user, IGrainFactory grains, IMunicipalities municipalities)
    {
        if (!ResidentId.TryParse(id, null, out var resident) || !CommandId.TryParse(agentCase, null, out var wanted))
            return Problems.Refused(Refusals.NoSuchAgentCase());
        if (!Readers.MaySeeAttributes(Actors.From(user), resident) || municipalities.Find(resident.Municipality) is not { } municipality)
            return Problems.NotPermitted();

        switch (await grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Look(WithAttributes: true)))
        {
            case ResidentAnswer.Seen { View: { AgentCase: { } found, Attributes: { } holder } view } when found.Id == wanted:
                context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
                context.Response.Headers.CacheControl = "no-store";
                return Results.Text(InquiryLetter.Html(municipality, holder, found, view.At), "text/html; charset=utf-8");
            case ResidentAnswer.TryAgain:
                return Problems.TryAgain(context);
            default:
                return Problems.Refused(Refusals.NoSuchAgentCase());
        }
    }
}
