using System.Security.Claims;
using Jpki.Domain;
using Jpki.Silo.Api;
using Jpki.Silo.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Jpki.Silo.Registry;

/// <summary>住民基本台帳の API: changes in batches of any length.</summary>
public static class RegistryEndpoints
{
    public static void MapRegistry(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/registry/changes", Take).WithTags("Registry")
            .WithSummary("Takes changes of residents, one JSON object a line, and answers each with a line; the last is the summary")
            .Accepts<RegistryChange>(FeedJson.MediaType)
            .Produces<LineReport>(contentType: FeedJson.MediaType)
            .ProducesProblem(403).ProducesProblem(415)
            // It is read line by line and never held as a whole.
            .WithMetadata(new DisableRequestSizeLimitAttribute());

    private static IResult Take(HttpContext context, ClaimsPrincipal user, RegistryFeed feed, SpoolFolder spool)
    {
        if (Actors.From(user) is not { Role: Role.Registry, Office: not null } actor)
            return Problems.NotPermitted();

        Patient(context);
        return Results.Stream(answer => AnswerAsync(feed, context.Request, actor, answer, spool), FeedJson.MediaType);
    }

    /// <summary>A feed may pause between lines, and its sender may read the answer after the last one.</summary>
    private static void Patient(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } request)
            request.MinDataRate = null;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } response)
            response.MinDataRate = null;
    }

    private static async Task AnswerAsync(RegistryFeed feed, HttpRequest request, Actor actor, Stream answer, SpoolFolder folder)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        using var spool = ReportSpool.Open(folder);
        var taking = TakeAsync(feed, request, actor, spool, stop.Token);
        try
        {
            await spool.CopyToAsync(answer, stop.Token);
        }
        finally
        {
            await stop.CancelAsync();
            await taking;
        }
    }

    /// <summary>It never fails: what stops it, the spool's reader learns.</summary>
    private static async Task TakeAsync(RegistryFeed feed, HttpRequest request, Actor actor, ReportSpool spool, CancellationToken cancellationToken)
    {
        try
        {
            var summary = await feed.TakeAsync(request.BodyReader, actor, report => spool.AppendAsync(FeedJson.Line(report)), cancellationToken);
            await spool.AppendAsync(FeedJson.Line(new FeedEnd(summary)));
            spool.Complete();
        }
#pragma warning disable CA1031 // It is passed on, to be thrown where the answer is written.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            spool.Complete(exception);
        }
    }
}
