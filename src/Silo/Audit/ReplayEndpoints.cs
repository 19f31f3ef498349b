using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Jpki.Audit.Replay;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Audit;

/// <summary>再現の API: the past folded again from the events, for auditors. The same as <c>jpki audit replay</c> and <c>diff</c> do with an export.</summary>
internal static class ReplayEndpoints
{
    private const string NdJson = "application/x-ndjson";

    private static readonly byte[] _endOfLine = "\n"u8.ToArray();

    public static void MapReplay(this IEndpointRouteBuilder routes)
    {
        var resident = routes.MapGroup("/audit/residents/{id}").WithTags("Audit");
        resident.MapGet("/replay", ReplayAsync).JournalsReading(RecordKind.History)
            .WithSummary("The resident as of a version or an instant (both inclusive), with what was done until then")
            .Produces<ReplayedResident>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        resident.MapGet("/two-times", OnTwoTimesAsync).JournalsReading(RecordKind.History)
            .WithSummary("The resident as it was on a day (asOf), as it was known at an instant (knownAt; now when absent)")
            .Produces<TwoTimes>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        resident.MapGet("/differences", DifferencesAsync).JournalsReading(RecordKind.History)
            .WithSummary("What became of the resident between two instants")
            .Produces<IReadOnlyList<Difference>>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(404);
        routes.MapGet("/audit/{municipality}/acts", Acts).JournalsReading(RecordKind.History).WithTags("Audit")
            .WithSummary("What was done, oldest first, a line each: everything, or by one office or officer; until an instant")
            .Produces<Act>(contentType: NdJson).ProducesProblem(400).ProducesProblem(403);
        routes.MapGet("/audit/{municipality}/count", CountAsync).JournalsReading(RecordKind.History).WithTags("Audit")
            .WithSummary("Residents, cards and certificates by status at an instant, by a replay of everything")
            .Produces<TownCount>().ProducesProblem(400).ProducesProblem(403);
    }

    private static async Task<IResult> ReplayAsync(string id, long? version, string? at, ClaimsPrincipal user, IResidentLedger ledger, ICivilClock clock)
    {
        if (Refusal(id, user, out var resident) is { } refused)
            return refused;
        if (version < 1 || !TryInstant(at, null, out var until))
            return Misasked();

        var replay = new TownReplay(new(version, until));
        IReadOnlyList<Act> acts = [.. (await ledger.ReadAsync(resident)).Where(replay.Add).Select(Act.Of)];
        return replay.ViewOf(resident, until ?? clock.Now, withAttributes: false) is { } view
            ? Results.Ok(new ReplayedResident(acts, view))
            : Problems.Refused(Refusals.UnknownResident());
    }

    private static async Task<IResult> OnTwoTimesAsync(
        string id, string? asOf, string? knownAt, ClaimsPrincipal user, IResidentLedger ledger, ICivilClock clock)
    {
        if (Refusal(id, user, out var resident) is { } refused)
            return refused;
        if (!DateOnly.TryParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || !TryInstant(knownAt, clock.Now, out var known))
            return Misasked();

        // Auditors see that attributes changed, and when; what they are is for those who serve the resident.
        return TwoTimes.Of(resident, await ledger.ReadAsync(resident), day, known!.Value) is { } seen
            ? Results.Ok(seen with { Attributes = null })
            : Problems.Refused(Refusals.UnknownResident());
    }

    private static async Task<IResult> DifferencesAsync(
        string id, string? from, string? to, ClaimsPrincipal user, IResidentLedger ledger, ICivilClock clock)
    {
        if (Refusal(id, user, out var resident) is { } refused)
            return refused;
        if (from is null || !TryInstant(from, null, out var first) || !TryInstant(to, clock.Now, out var second) || first > second)
            return Misasked();

        var life = await ledger.ReadAsync(resident);
        return life.Count == 0
            ? Problems.Refused(Refusals.UnknownResident())
            : Results.Ok(Differences.Between(resident, StateAt(life, resident, first!.Value), first.Value, StateAt(life, resident, second!.Value), second.Value).ToList());
    }

    private static IResult Acts(
        string municipality, string? office, string? officer, string? at, HttpContext context, ClaimsPrincipal user, ResidentLedger ledger)
    {
        if (Actors.From(user)?.Role != Role.Auditor)
            return Problems.NotPermitted();
        OfficeCode? place = OfficeCode.TryParse(office, null, out var one) ? one : null;
        if (!MunicipalityCode.TryParse(municipality, null, out var code) || (office is not null && place is null) || !TryInstant(at, null, out var until))
            return Misasked();

        var (scope, point) = (new ReplayScope(Office: place, Officer: officer), new ReplayPoint(At: until));
        var acts = ledger.ReadAllAsync(context.RequestAborted)
            .Where(each => each.Resident.Municipality == code && scope.Has(each) && point.Reaches(each)).Select(Act.Of);
        return Results.Stream(target => WriteAsync(target, acts, context.RequestAborted), NdJson);
    }

    private static async Task<IResult> CountAsync(
        string municipality, string? at, HttpContext context, ClaimsPrincipal user, ResidentLedger ledger, ICivilClock clock)
    {
        if (Actors.From(user)?.Role != Role.Auditor)
            return Problems.NotPermitted();
        if (!MunicipalityCode.TryParse(municipality, null, out var code) || !TryInstant(at, clock.Now, out var until))
            return Misasked();

        var replay = new TownReplay(new(At: until));
        await foreach (var recorded in ledger.ReadAllAsync(context.RequestAborted).Where(each => each.Resident.Municipality == code))
            replay.Add(recorded);
        return Results.Ok(TownCount.Of(replay, until!.Value));
    }

    private static Resident StateAt(IReadOnlyList<Recorded> life, ResidentId resident, DateTimeOffset at)
    {
        var replay = new TownReplay(new(At: at));
        foreach (var recorded in life)
            replay.Add(recorded);
        return replay.StateOf(resident);
    }

    /// <returns>Why not; none when an auditor asks about a well-formed number.</returns>
    private static IResult? Refusal(string id, ClaimsPrincipal user, out ResidentId resident)
    {
        if (!ResidentId.TryParse(id, null, out resident))
            return ResidentEndpoints.MalformedId();
        return Actors.From(user)?.Role == Role.Auditor ? null : Problems.NotPermitted();
    }

    /// <summary>ISO 8601 with its offset, or a day (JST), which means its end.</summary>
    private static bool TryInstant(string? text, DateTimeOffset? otherwise, out DateTimeOffset? instant)
    {
        instant = otherwise;
        if (text is null)
            return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            instant = Jst.EndOf(day);
            return true;
        }

        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact);
        instant = exact;
        return read;
    }

    private static async Task WriteAsync(Stream target, IAsyncEnumerable<Act> acts, CancellationToken cancellation)
    {
        await foreach (var act in acts.WithCancellation(cancellation))
        {
            await target.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(act, Contract.Options), cancellation);
            await target.WriteAsync(_endOfLine, cancellation);
        }
    }

    private static IResult Misasked() => Problems.BadInput(
        "WrongQuery",
        "市区町村コード、office（9桁）、version（1以上）、日時（ISO 8601、または日付 YYYY-MM-DD）の形を確かめてください。from は to より前です。",
        "Check the municipality's code, office (9 digits), version (1 or more) and the instants (ISO 8601, or a day YYYY-MM-DD); from is before to.");
}

/// <summary>再現された住民</summary>
/// <param name="Acts">What was done until then, oldest first.</param>
/// <param name="State">Without the four attributes.</param>
public sealed record ReplayedResident(IReadOnlyList<Act> Acts, ResidentView State);
