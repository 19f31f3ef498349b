using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger;
using Jpki.Silo.Revocation;
using Jpki.Silo.Security;

namespace Jpki.Silo.Api;

/// <summary>失効リストの随時発行: full lists out of turn, by an administrator.</summary>
internal static class RevocationListJob
{
    public static void MapRevocationListJob(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/jobs/revocation-lists/publish", PublishAsync)
            .WithTags("Office").WithSummary("Publishes a full revocation list of every key for every municipality, now")
            .Produces<IReadOnlyList<PublishedListReport>>().ProducesProblem(403).ProducesProblem(500).ProducesProblem(503);

    private static async Task<IResult> PublishAsync(ClaimsPrincipal user, ListPublisher publisher, CancellationToken cancellation)
    {
        if (Actors.From(user)?.Role != Role.Administrator)
            return Problems.NotPermitted();

        var reports = new List<PublishedListReport>();
        foreach (var duty in publisher.Duties)
        {
            if (await publisher.PublishAsync(duty, (_, _) => ListKind.Full, cancellation) is { } list)
                reports.Add(PublishedListReport.Of(duty.Authority.Kind, list));
        }

        return Results.Ok(reports);
    }
}

/// <summary>A list that was published.</summary>
/// <param name="AuthorityKeyId">40 lower-case hexadecimal digits.</param>
/// <param name="Sha256">Of its DER, lower-case hexadecimal.</param>
/// <param name="Length">Octets.</param>
public sealed record PublishedListReport(
    CertificateKind Authority,
    string AuthorityKeyId,
    MunicipalityCode Municipality,
    long Number,
    DateTimeOffset ThisUpdate,
    DateTimeOffset NextUpdate,
    string Sha256,
    long Length)
{
    internal static PublishedListReport Of(CertificateKind authority, PublishedList list) => new(
        authority, list.Scope.AuthorityKeyId, list.Scope.Municipality, list.Number, list.ThisUpdate, list.NextUpdate, list.Sha256, list.Length);
}
