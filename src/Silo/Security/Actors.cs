using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Security;

/// <summary>From a validated token's claims to who acts: <c>sub</c>, <c>role</c> (one), <c>office</c> (9 digits, where there is one).</summary>
public static class Actors
{
    public const string RoleClaim = "role";
    public const string OfficeClaim = "office";

    private static readonly Dictionary<string, Role> _roles = new()
    {
        ["clerk"] = Role.Clerk,
        ["supervisor"] = Role.Supervisor,
        ["call-centre"] = Role.CallCentre,
        ["registry"] = Role.Registry,
        ["auditor"] = Role.Auditor,
        ["statistics"] = Role.Statistics,
        ["administrator"] = Role.Administrator,
    };

    /// <summary>Names as they stand in tokens. <see cref="Role.System"/> has none: no token carries it.</summary>
    public static IReadOnlyCollection<string> RoleNames => _roles.Keys;

    public static string NameOf(Role role) => _roles.Single(each => each.Value == role).Key;

    /// <returns>Null when the claims do not name exactly one known role and a subject, or name a malformed office: deny.</returns>
    public static Actor? From(ClaimsPrincipal user)
    {
        var roles = user.FindAll(RoleClaim).Select(claim => claim.Value).ToArray();
        if (roles.Length != 1 || !_roles.TryGetValue(roles[0], out var role) || user.FindFirstValue("sub") is not { Length: > 0 } subject)
            return null;
        if (user.FindFirstValue(OfficeClaim) is not { } text)
            return new Actor(subject, role, null);

        return OfficeCode.TryParse(text, null, out var office) ? new Actor(subject, role, office) : null;
    }
}
