using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Pki.Keys;
using Jpki.Silo.Api;
using Jpki.Silo.Revocation;
using Microsoft.Net.Http.Headers;

namespace Jpki.Silo.PublicSide;

/// <summary>失効リストの配布: the newest full and delta list of every key and municipality, at the addresses that certificates and lists name.</summary>
internal sealed class RevocationListDoor(Authorities authorities, IMunicipalities municipalities, ListShelf shelf, ICivilClock clock)
{
    private const string MediaType = "application/pkix-crl"; // RFC 2585 4.2
    private const int KeyIdDigits = 16;

    /// <summary>Answers a list, 304 where the asker has it, or the problem. What is streamed comes from a file.</summary>
    public async Task<IResult> AnswerAsync(HttpContext http, CertificateKind authority, string keyId, string municipality, ListKind kind)
    {
        if (ScopeOf(authority, keyId, municipality) is not { } scope)
            return Problems.NotFound("NoSuchList", "そのような失効リストはありません。", "There is no such revocation list.");
        if (await shelf.OpenAsync(scope, kind, http.RequestAborted) is not { } open)
            return Problems.NotNow(
                http, "ListNotAtHand", "失効リストを用意できません。少し待ってもう一度取得してください。", "The list is not at hand. Fetch it again in a moment.");

        var cacheable = (int)ListSchedule.CacheableFor(open.List, clock.Now).TotalSeconds;
        http.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"public, max-age={cacheable}");
        return Results.Stream(
            open.Content, MediaType, lastModified: open.List.ThisUpdate, entityTag: new EntityTagHeaderValue($"\"{open.List.Sha256}\""));
    }

    private RevocationListScope? ScopeOf(CertificateKind kind, string keyId, string municipality) =>
        keyId.Length == KeyIdDigits
        && authorities.All.FirstOrDefault(each => each.Kind == kind && each.KeyId.StartsWith(keyId, StringComparison.Ordinal)) is { } authority
        && MunicipalityCode.TryParse(municipality, null, out var code)
        && municipalities.Find(code) is not null
            ? new(authority.KeyId, code) : null;
}

/// <summary>The door's addresses.</summary>
internal static class RevocationListRoutes
{
    /// <summary><c>GET</c> and <c>HEAD</c> of <c>crl/{authority}/{first 16 digits of its key id}/{municipality}.crl</c> and <c>….delta.crl</c>.</summary>
    public static void MapRevocationLists(this IEndpointRouteBuilder routes, RevocationListDoor door)
    {
        foreach (var authority in Enum.GetValues<CertificateKind>())
        {
            foreach (var (kind, suffix) in new[] { (ListKind.Full, ".crl"), (ListKind.Delta, ".delta.crl") })
            {
                routes.MapMethods(
                    $"/crl/{authority.PathName()}/{{keyId}}/{{municipality:length(5)}}{suffix}", [HttpMethods.Get, HttpMethods.Head],
                    async (HttpContext http) =>
                    {
                        var answer = await door.AnswerAsync(http, authority, Value("keyId"), Value("municipality"), kind);
                        await answer.ExecuteAsync(http);

                        string Value(string name) => (string)http.Request.RouteValues[name]!;
                    });
            }
        }
    }
}
