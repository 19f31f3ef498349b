using Jpki.Domain;
using Jpki.Grains;
using Jpki.Pki.Keys;

namespace Jpki.Silo.PublicSide;

/// <summary>認証局の証明書: every generation of both authorities, for whoever builds a path.</summary>
internal static class AuthorityCertificates
{
    private const string MediaType = "application/pkix-cert"; // RFC 2585 4.1

    /// <summary>
    /// <c>GET ca/{kind}.cer</c>: the generation that signs today; <c>GET ca/{kind}/{key id}.cer</c>: any. DER.
    /// </summary>
    public static void MapAuthorityCertificates(this IEndpointRouteBuilder routes, Authorities authorities, ICivilClock clock)
    {
        foreach (var kind in Enum.GetValues<CertificateKind>())
        {
            routes.MapGet($"/ca/{kind.PathName()}.cer", (HttpContext http) => WriteAsync(http, authorities.For(kind, clock.Now)));
            routes.MapGet($"/ca/{kind.PathName()}/{{keyId}}.cer", (HttpContext http) =>
                WriteAsync(http, authorities.ByKeyId((string)http.Request.RouteValues["keyId"]!) is { } found && found.Kind == kind ? found : null));
        }
    }

    private static async Task WriteAsync(HttpContext http, Authority? authority)
    {
        if (authority is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        http.Response.ContentType = MediaType;
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.ContentLength = authority.Certificate.Length;
        await http.Response.Body.WriteAsync(authority.Certificate.ToArray(), http.RequestAborted);
    }
}
