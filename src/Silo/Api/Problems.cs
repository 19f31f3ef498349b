using Jpki.Domain;
using Microsoft.AspNetCore.Mvc;

namespace Jpki.Silo.Api;

/// <summary>
/// The one mapping from "no" to HTTP: problem details (RFC 9457) with the code, the rule and the sentence in Japanese and English. Nothing of
/// what was sent is repeated.
/// </summary>
public static class Problems
{
    public const string MediaType = "application/problem+json";

    private const string RefusalFamily = "refusal";

    public static IResult Refused(Refusal refusal) => Of(StatusOf(refusal.Nature), RefusalFamily, refusal.Code, refusal.Rule, refusal.Japanese, refusal.English);

    /// <summary>The request is not of the contract's form (400).</summary>
    public static IResult BadInput(string code, string japanese, string english, IReadOnlyList<string>? fields = null) =>
        Of(StatusCodes.Status400BadRequest, "input", code, null, japanese, english, fields);

    public static IResult NotPermitted() => Of(
        StatusCodes.Status403Forbidden, RefusalFamily, "RoleMayNot", "house",
        "この情報を見る権限がありません。", "Your role, or your office, may not see this.");

    public static IResult NotFound(string code, string japanese, string english) =>
        Of(StatusCodes.Status404NotFound, RefusalFamily, code, null, japanese, english);

    /// <summary>The outcome is unknown; the same command id sent again tells (503, Retry-After).</summary>
    public static IResult TryAgain(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Of(
            StatusCodes.Status503ServiceUnavailable, "unavailable", "OutcomeUnknown", null,
            "記録できたかどうか確認できませんでした。同じコマンドIDでもう一度送ってください。二重には処理されません。",
            "Whether it was recorded is not known. Send it again with the same command id; it is done at most once.");
    }

    /// <summary>Not at the moment (503, Retry-After).</summary>
    public static IResult NotNow(HttpContext context, string code, string japanese, string english)
    {
        context.Response.Headers.RetryAfter = "5";
        return Of(StatusCodes.Status503ServiceUnavailable, "unavailable", code, null, japanese, english);
    }

    /// <summary>Whether an answer is a "no" of ours to what was well asked, such as <see cref="Refused"/> and <see cref="NotPermitted"/> make.</summary>
    public static bool IsRefusal(object? answer, out string code, out string? rule)
    {
        var problem = (answer as IValueHttpResult)?.Value as ProblemDetails;
        (code, rule) = (problem?.Extensions["code"] as string ?? "", problem?.Extensions["rule"] as string);
        return problem?.Type?.StartsWith($"urn:jpki-orleans:{RefusalFamily}:", StringComparison.Ordinal) == true;
    }

    private static int StatusOf(RefusalNature nature) => nature switch
    {
        RefusalNature.Forbidden => StatusCodes.Status403Forbidden,
        RefusalNature.NotFound => StatusCodes.Status404NotFound,
        RefusalNature.Conflict => StatusCodes.Status409Conflict,
        RefusalNature.RuleBroken => StatusCodes.Status422UnprocessableEntity,
        _ => throw new ArgumentOutOfRangeException(nameof(nature), nature, null),
    };

    private static IResult Of(
        int status, string family, string code, string? rule, string japanese, string english, IReadOnlyList<string>? fields = null)
    {
        var problem = Describe(new ProblemDetails { Status = status }, family, code, rule, japanese, english);
        if (fields is { Count: > 0 })
            problem.Extensions["fields"] = fields;
        return Results.Json(problem, statusCode: status, contentType: MediaType);
    }

    /// <summary>The members that every problem has.</summary>
    internal static ProblemDetails Describe(ProblemDetails problem, string family, string code, string? rule, string japanese, string english)
    {
        (problem.Type, problem.Title, problem.Detail) = ($"urn:jpki-orleans:{family}:{code}", english, japanese);
        (problem.Extensions["code"], problem.Extensions["rule"]) = (code, rule);
        (problem.Extensions["japanese"], problem.Extensions["english"]) = (japanese, english);
        return problem;
    }
}
