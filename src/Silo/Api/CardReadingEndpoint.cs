using System.Security.Claims;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Api;

/// <summary>カードの読み取りの API: a counter tells what a card carries; the reconciliation compares it with the record.</summary>
public static class CardReadingEndpoint
{
    private const int Sha256Digits = 64;

    public static void MapCardReadings(this IEndpointRouteBuilder routes) => routes.MapPut("/residents/{id}/card-reading", KeepAsync)
        .JournalsRefusals("keep-card-reading")
        .WithTags("Residents").WithSummary("What the resident's card carries, as just read at a counter; the last one counts")
        .Accepts<CardReading>("application/json").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(503);

    private static async Task<IResult> KeepAsync(
        string id, HttpContext context, ClaimsPrincipal user, CardReadings readings, ICivilClock clock)
    {
        if (!ResidentId.TryParse(id, null, out var resident))
            return ResidentEndpoints.MalformedId();
        if (Actors.From(user) is not { Role: Role.Clerk or Role.Supervisor, Office: { } office } || office.Municipality != resident.Municipality)
            return Problems.NotPermitted();
        if (await ReadAsync(context.Request) is not { } reading)
            return Problems.BadInput("MalformedReading", "カードの読み取り結果の形が違います。", "That is not the form of a card reading.");

        try
        {
            await readings.KeepAsync(resident, reading, office, clock.Now, context.RequestAborted);
            return Results.NoContent();
        }
        catch (LedgerOutcomeUnknownException)
        {
            return Problems.TryAgain(context);
        }
    }

    private static async Task<CardReading?> ReadAsync(HttpRequest request)
    {
        try
        {
            var reading = await JsonSerializer.DeserializeAsync<CardReading>(request.Body, Contract.Options, request.HttpContext.RequestAborted);
            return reading is not null && IsSound(reading) ? reading : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsSound(CardReading reading) =>
        reading.Certificates.DistinctBy(each => each.Kind).Count() == reading.Certificates.Count
        && reading.Certificates.All(each => Enum.IsDefined(each.Kind)
            && each.Sha256.Length == Sha256Digits && each.Sha256.All(char.IsAsciiHexDigitLower));
}
