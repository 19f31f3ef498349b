using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Silo.Api;
using Jpki.Silo.Security;

namespace Jpki.Silo.Journal;

/// <summary>
/// What is asked over HTTP and decided at the door and not by a resident's grain. An answer with personal data, or a refusal to somebody known, is
/// in the journal before its first octet leaves; when it can't be, the answer is 503. A request that is not of the contract's form is no attempt.
/// </summary>
internal static class JournalledDoors
{
    private const string ResidentInPath = "id";
    private const string MunicipalityInPath = "municipality";

    /// <summary>Records who reads what, and who was refused.</summary>
    public static RouteHandlerBuilder JournalsReading(this RouteHandlerBuilder door, RecordKind what) => door.AddEndpointFilter(async (context, next) =>
    {
        var (answer, http) = (await next(context), context.HttpContext);
        if (Actors.From(http.User) is not { } by)
            return answer;
        if (Problems.IsRefusal(answer, out var code, out var rule))
            return await RefuseAsync(http, by, $"read-{JsonNamingPolicy.KebabCaseLower.ConvertName(what.ToString())}", code, rule) ? answer : Unavailable(http);

        return !IsHandedOut(answer, out var residents) || await ReadAsync(http, by, what, residents) ? answer : Unavailable(http);
    }).ProducesProblem(503);

    /// <summary>Records who was refused; what was done instead is recorded where it was done.</summary>
    /// <param name="attempt">What was asked for, in the form of a command's wire name.</param>
    public static RouteHandlerBuilder JournalsRefusals(this RouteHandlerBuilder door, string attempt) => door.AddEndpointFilter(async (context, next) =>
    {
        var (answer, http) = (await next(context), context.HttpContext);
        return Actors.From(http.User) is { } by && Problems.IsRefusal(answer, out var code, out var rule)
            && !await RefuseAsync(http, by, attempt, code, rule)
                ? Unavailable(http)
                : answer;
    });

    /// <summary>Whether it names anybody: a problem does not, and neither does an empty list.</summary>
    /// <param name="residents">Those that only the answer names.</param>
    private static bool IsHandedOut(object? answer, out IReadOnlyList<ResidentId> residents)
    {
        var list = (answer as IValueHttpResult)?.Value as Worklist;
        residents = list is null ? [] : [.. list.Items.Select(each => each.Resident).Distinct()];
        return (answer as IStatusCodeHttpResult)?.StatusCode is null or < StatusCodes.Status300MultipleChoices && list is not { Items: [] };
    }

    private static Task<bool> RefuseAsync(HttpContext http, Actor by, string attempt, string code, string? rule) =>
        Journal(http).RefusedAsync(by, attempt, null, code, rule, ResidentOf(http), MunicipalityOf(http));

    private static Task<bool> ReadAsync(HttpContext http, Actor by, RecordKind what, IReadOnlyList<ResidentId> residents)
    {
        var resident = ResidentOf(http);
        var reference = http.Request.RouteValues
            .Where(each => each.Key != MunicipalityInPath && (each.Key != ResidentInPath || resident is null)).Select(each => (string?)each.Value);
        return Journal(http).ReadAsync(by, what, resident is { } one ? [one] : residents, reference.SingleOrDefault(), MunicipalityOf(http));
    }

    private static OfficeJournal Journal(HttpContext http) => http.RequestServices.GetRequiredService<OfficeJournal>();

    private static ResidentId? ResidentOf(HttpContext http) =>
        ResidentId.TryParse(http.Request.RouteValues[ResidentInPath] as string, null, out var resident) ? resident : null;

    private static MunicipalityCode? MunicipalityOf(HttpContext http) =>
        MunicipalityCode.TryParse(http.Request.RouteValues[MunicipalityInPath] as string, null, out var code) ? code : null;

    private static IResult Unavailable(HttpContext http) => Problems.NotNow(
        http,
        "JournalUnavailable",
        "業務日誌に記録できないため、お答えできません。少し待って同じ要求をもう一度送ってください。",
        "The journal can't be written, so nothing is answered. Wait a little and send the same again.");
}
