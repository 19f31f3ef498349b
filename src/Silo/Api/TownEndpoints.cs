using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Silo.Adapters;
using Jpki.Silo.Security;
using Microsoft.AspNetCore.Mvc;

namespace Jpki.Silo.Api;

/// <summary>What the town hall tells about itself: the time it acts by, its authorities, whom to telephone.</summary>
public static class TownEndpoints
{
    public static void MapTown(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clock", (ICivilClock clock) => new ClockView(clock.Now, clock is PlayClock))
            .WithTags("Clock").WithSummary("The time decisions are dated by; a played one is marked").Produces<ClockView>();
        routes.MapPut("/clock", Move)
            .WithTags("Clock").WithSummary("Moves a played clock forward; administrators only").Produces<ClockView>()
            .ProducesProblem(403).ProducesProblem(409);
        routes.MapGet("/authorities/{kind}/certificate", AuthorityCertificate).AllowAnonymous()
            .WithTags("Authorities").WithSummary("The authority's certificate in DER; kind is signature or user-authentication")
            .Produces<byte[]>(contentType: "application/pkix-cert").ProducesProblem(404);
        routes.MapGet("/contacts", (ICivilClock clock) => ContactDirectory.OpenAt(clock.Now)).AllowAnonymous()
            .WithTags("Contacts").WithSummary("Which telephone lines are open now");
    }

    private static IResult Move([FromBody] ClockMove move, ClaimsPrincipal user, ICivilClock clock)
    {
        if (Actors.From(user)?.Role != Role.Administrator || clock is not PlayClock played)
            return Problems.NotPermitted();

        return played.MoveTo(move.To)
            ? Results.Ok(new ClockView(played.Now, true))
            : Problems.Refused(new Refusal(
                "ClockGoesForward", "house", RefusalNature.Conflict, "上演用の時計は進めることしかできません。", "A played clock only goes forward."));
    }

    private static IResult AuthorityCertificate(string kind, Authorities authorities, ICivilClock clock)
    {
        foreach (var known in Enum.GetValues<CertificateKind>())
        {
            if (known.PathName() == kind)
                return Results.Bytes(authorities.For(known, clock.Now).Certificate.ToArray(), "application/pkix-cert");
        }

        return Problems.NotFound("UnknownAuthority", "認証局は signature と user-authentication です。", "The authorities are signature and user-authentication.");
    }
}

/// <summary>The time decisions are dated by.</summary>
/// <param name="Played">A played day, not the real time.</param>
public sealed record ClockView(DateTimeOffset Now, bool Played);

/// <param name="To">Where to; not before the present.</param>
public sealed record ClockMove(DateTimeOffset To);
