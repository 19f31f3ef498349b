using System.Security.Cryptography;
using Jpki.Domain.Identifiers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Jpki.Silo.Security;

/// <summary>
/// 開発用トークン: lets a development machine play clerk, call centre and registry with real JWT bearer tokens (RFC 7519, ES256). The issuer's
/// name says what they are; production refuses it, and the key.
/// </summary>
public static class DevelopmentTokens
{
    public const string Issuer = "urn:jpki-orleans:development";

    /// <summary>The key of this machine; made on first use, readable by its owner only.</summary>
    public static ECDsaSecurityKey OpenKey(string file)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(PrivateFile.ReadOrCreate(file, NewKey));
        return new ECDsaSecurityKey(key) { KeyId = "development" };
    }

    /// <param name="role">As in <see cref="Actors.RoleNames"/>.</param>
    /// <param name="lifetime">From now, real time.</param>
    public static string Issue(
        ECDsaSecurityKey key, string audience, string subject, string role, OfficeCode? office, TimeSpan lifetime, TimeProvider time)
    {
        var claims = new Dictionary<string, object> { ["sub"] = subject, [Actors.RoleClaim] = role };
        if (office is { } code)
            claims[Actors.OfficeClaim] = code.Value;
        var now = time.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = audience,
            Claims = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + lifetime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}
