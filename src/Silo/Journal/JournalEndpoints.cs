using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Ledger;
using Jpki.Silo.Api;
using Jpki.Silo.Security;

namespace Jpki.Silo.Journal;

/// <summary>業務日誌の API, for auditors.</summary>
public static class JournalEndpoints
{
    private const string NdJson = "application/x-ndjson";
    private const int MostInPage = 1_000;
    private const int UsualPage = 100;

    private static readonly byte[] _endOfLine = "\n"u8.ToArray();

    private static readonly Dictionary<string, string> _kinds =
        StoredNames.JournalEvents.Keys.ToDictionary(name => name[..name.LastIndexOf('.')]);

    public static void MapJournal(this IEndpointRouteBuilder routes) => routes.MapGet("/audit/{municipality}/journal", ReadAsync)
        .JournalsReading(RecordKind.Journal)
        .WithTags("Audit").WithSummary("What was refused and what was read, oldest first: a page with the cursor of the next, or all as NDJSON; auditors only")
        .Produces<JournalPage>().Produces<Journalled>(contentType: NdJson).ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> ReadAsync(
        string municipality, [AsParameters] JournalQuestion question, HttpContext context, ClaimsPrincipal user, ResidentLedger ledger)
    {
        if (Actors.From(user)?.Role != Role.Auditor)
            return Problems.NotPermitted();
        if (QueryOf(municipality, question) is not { } query)
            return Misasked();

        if (context.Request.GetTypedHeaders().Accept.Any(each => each.MediaType.Equals(NdJson, StringComparison.OrdinalIgnoreCase)))
            return Results.Stream(target => WriteAsync(target, ledger.JournalAsync(query, context.RequestAborted), context.RequestAborted), NdJson);

        // One more than is shown tells whether there is a next page.
        var most = query.Most ?? UsualPage;
        var found = await ledger.JournalAsync(query with { Most = most + 1 }, context.RequestAborted).ToListAsync(context.RequestAborted);
        return Results.Ok(new JournalPage(
            [.. found.Take(most)],
            found.Count > most ? found[most - 1].Sequence.ToString(CultureInfo.InvariantCulture) : null));
    }

    /// <returns>None when something is not of its form.</returns>
    private static JournalQuery? QueryOf(string municipality, JournalQuestion question)
    {
        var place = MunicipalityCode.TryParse(municipality, null, out var code);
        OfficeCode? office = OfficeCode.TryParse(question.Office, null, out var one) ? one : null;
        string? kind = null;
        var sound = place && (question.Office is null || office?.Municipality == code)
            && (question.Kind is null || _kinds.TryGetValue(question.Kind, out kind))
            && question is { After: null or >= 0, Limit: null or (>= 1 and <= MostInPage) };
        return sound && TryDay(question.From, DateOnly.MinValue, out var from) && TryDay(question.To, DateOnly.MaxValue, out var until)
            ? new(code, office, from, until, kind, question.After ?? 0, question.Limit)
            : null;
    }

    private static bool TryDay(string? text, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return text is null || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static async Task WriteAsync(Stream target, IAsyncEnumerable<Journalled> entries, CancellationToken cancellation)
    {
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            await target.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(entry, Contract.Options), cancellation);
            await target.WriteAsync(_endOfLine, cancellation);
        }
    }

    private static IResult Misasked() => Problems.BadInput(
        "WrongQuery",
        "市区町村コードと、office, from, to（YYYY-MM-DD）, kind, after, limit（1〜1000）の形を確かめてください。使える kind は fields に示します。",
        "Check the municipality's code and office, from, to (YYYY-MM-DD), kind, after and limit (1 to 1000); fields lists the kinds there are.",
        [.. _kinds.Keys.Order(StringComparer.Ordinal)]);
}

/// <summary>日誌への問い, as it stands in the URL.</summary>
/// <remarks>Members and no constructor: the generator of request delegates can't name a constructor's nullable parameters.</remarks>
public sealed record JournalQuestion
{
    /// <summary>Of the municipality; none for all of its journals.</summary>
    public string? Office { get; init; }

    /// <summary>First day (JST), inclusive.</summary>
    public string? From { get; init; }

    /// <summary>Last day (JST), inclusive.</summary>
    public string? To { get; init; }

    /// <summary><c>attempt-refused</c> or <c>record-read</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The cursor that came with the page before.</summary>
    public long? After { get; init; }

    /// <summary>Entries in the page, 1 to 1,000; 100 when absent. NDJSON has no limit unless one is given.</summary>
    public int? Limit { get; init; }
}

/// <param name="Entries">Oldest first.</param>
/// <param name="Next">Cursor of the next page; none after the last.</param>
public sealed record JournalPage(IReadOnlyList<Journalled> Entries, string? Next);
