using System.Security.Cryptography;
using Jpki.Silo.Configuration;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;

namespace Jpki.Silo.Security;

/// <summary>認証: JWT bearer tokens; whoever has none, or a wrong one, is denied everything that is not explicitly open.</summary>
public static class Authentication
{
    public static void AddTokenAuthentication(this IServiceCollection services, SiloOptions options)
    {
        var (issuer, key) = IssuerOf(options);
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.MapInboundClaims = false;
            var plain = bearer.TokenHandlers.Single();
            bearer.TokenHandlers.Clear();
            bearer.TokenHandlers.Add(new RememberingTokenHandler(plain));
            bearer.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = issuer,
                ValidAudience = options.Tokens.Audience,
                IssuerSigningKey = key,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                RoleClaimType = Actors.RoleClaim,
                RequireExpirationTime = true,
                ClockSkew = TimeSpan.FromSeconds(30),
            };
        });
        // Nothing here is sealed with data protection, so no key of its own needs to lie on the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.LeaveOutKeyRing();
        services.AddAuthorization(authorization =>
            authorization.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }

    /// <summary>The framework reads a ring of keys at every start, or writes one to the disk, even where the provider above has no use for it.</summary>
    private static void LeaveOutKeyRing(this IServiceCollection services)
    {
        var protection = typeof(IDataProtectionBuilder).Assembly;
        foreach (var reader in services.Where(each => each.ServiceType == typeof(IHostedService) && each.ImplementationType?.Assembly == protection).ToList())
            services.Remove(reader);
    }

    private static (string Issuer, SecurityKey Key) IssuerOf(SiloOptions options)
    {
        if (options.Tokens.PublicKeyFile is not { } file)
            return (DevelopmentTokens.Issuer, DevelopmentTokens.OpenKey(DevelopmentKeyFile(options)));

        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return (options.Tokens.Issuer!, new ECDsaSecurityKey(key));
    }

    public static string DevelopmentKeyFile(SiloOptions options) =>
        options.Tokens.DevelopmentKeyFile ?? options.InDataFolder("tokens", "development-key.pem");
}
