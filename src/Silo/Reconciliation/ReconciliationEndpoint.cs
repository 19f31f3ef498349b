using System.Security.Claims;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Silo.Api;
using Jpki.Silo.Configuration;
using Jpki.Silo.Journal;
using Jpki.Silo.Revocation;
using Jpki.Silo.Security;

namespace Jpki.Silo.Reconciliation;

/// <summary>突合の API</summary>
internal static class ReconciliationEndpoint
{
    private const string MediaType = "application/x-ndjson";

    private static readonly byte[] _endOfLine = "\n"u8.ToArray();

    public static void AddReconciliation(this IServiceCollection services, SiloOptions options)
    {
        services.AddTransient(provider => new Outside(
            provider.GetRequiredService<Pki.Keys.Authorities>(),
            provider.GetRequiredService<ListShelf>(),
            provider.GetRequiredService<ListPublisher>(),
            new HttpClient { BaseAddress = OwnPublicSide(options) }));
        services.AddTransient<Reconciler>();
    }

    public static void MapReconciliation(this IEndpointRouteBuilder routes) => routes.MapPost("/jobs/reconciliation", RunAsync).JournalsReading(RecordKind.Reconciliation)
        .WithTags("Office").WithSummary("Compares events, register, published lists, OCSP and cards as last read; of a resident, an office, or all. A line for each difference, and a summary at the end")
        .Produces<ReconciliationLine>(contentType: MediaType).ProducesProblem(400).ProducesProblem(403);

    private static async Task<IResult> RunAsync(string? resident, string? office, HttpContext context, ClaimsPrincipal user)
    {
        if (Actors.From(user)?.Role is not (Role.Administrator or Role.Auditor))
            return Problems.NotPermitted();
        if (ScopeOf(resident, office) is not { } scope)
            return Problems.BadInput("MalformedScope", "resident か office の形が違います。", "That is not the form of a resident's number or an office code.");

        var reconciler = context.RequestServices.GetRequiredService<Reconciler>();
        return Results.Stream(target => WriteAsync(target, reconciler.RunAsync(scope, context.RequestAborted), context.RequestAborted), MediaType);
    }

    private static async Task WriteAsync(Stream target, IAsyncEnumerable<ReconciliationLine> lines, CancellationToken cancellation)
    {
        await foreach (var line in lines.WithCancellation(cancellation))
        {
            await target.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line, Contract.Options), cancellation);
            await target.WriteAsync(_endOfLine, cancellation);
            await target.FlushAsync(cancellation);
        }
    }

    private static ReconciliationScope? ScopeOf(string? resident, string? office)
    {
        ResidentId? one = ResidentId.TryParse(resident, null, out var id) ? id : null;
        OfficeCode? of = OfficeCode.TryParse(office, null, out var code) ? code : null;
        return (resident is null || one is not null) && (office is null || of is not null) ? new(one, of) : null;
    }

    /// <summary>Where this silo itself is reached from outside, also when it listens on every address.</summary>
    private static Uri OwnPublicSide(SiloOptions options)
    {
        var first = options.Public.Urls.Split(';')[0];
        foreach (var every in (ReadOnlySpan<string>)["0.0.0.0", "[::]", "*", "+"])
            first = first.Replace($"//{every}:", "//127.0.0.1:", StringComparison.Ordinal);
        return new(first);
    }
}
