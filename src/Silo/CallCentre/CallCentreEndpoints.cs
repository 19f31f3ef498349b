using Jpki.Grains;
using Jpki.Silo.Api;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Jpki.Silo.CallCentre;

/// <summary>コールセンターの読み上げ文, for anybody: it says nothing about any resident.</summary>
public static class CallCentreEndpoints
{
    private const string StyleSheet = "Jpki.Silo.CallCentre.page.css";

    /// <summary>The page loads its style sheet and nothing else, and runs no script.</summary>
    private const string ContentSecurityPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void AddCallCentre(this IServiceCollection services) => services.AddRazorComponents();

    public static void MapCallCentre(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/call-centre").AllowAnonymous().WithTags("Call centre");
        pages.MapGet("", Page)
            .WithSummary("What the operator reads out when a card is lost, as a page; language is ja, en, zh, ko, es or pt")
            .Produces<string>(contentType: "text/html").ProducesProblem(400);
        pages.MapGet("/script", Script)
            .WithSummary("The same as JSON").Produces<CallCentreView>().ProducesProblem(400);
        pages.MapGet("/page.css", () => Results.Stream(typeof(CallCentreEndpoints).Assembly.GetManifestResourceStream(StyleSheet)!, "text/css"))
            .ExcludeFromDescription();
    }

    private static IResult Page(string? language, ICivilClock clock, HttpContext context)
    {
        if (CallCentreScripts.Find(language) is not { } script)
            return UnknownLanguage();

        context.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        context.Response.Headers.ContentLanguage = script.Tag;
        return new RazorComponentResult<CallCentrePage>(new { Script = script, View = CallCentreView.Of(script, clock.Now) });
    }

    private static IResult Script(string? language, ICivilClock clock, HttpContext context)
    {
        if (CallCentreScripts.Find(language) is not { } script)
            return UnknownLanguage();

        context.Response.Headers.ContentLanguage = script.Tag;
        return Results.Ok(CallCentreView.Of(script, clock.Now));
    }

    private static IResult UnknownLanguage() => Problems.BadInput(
        "UnknownLanguage",
        "language は fields に示す言語から選んでください。",
        "Choose language from those in fields.",
        [.. CallCentreScripts.All.Select(each => each.Code)]);
}
