using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Tokens;

namespace Jpki.Silo.Security;

/// <summary>
/// 検証済みトークンの記憶: a token's signature and claims are checked once, its times with every request. A counter sends the same token all day,
/// and verifying its signature takes as long as all the rest of a command.
/// </summary>
/// <param name="inner">Does the checking. What it refuses is not remembered, so nobody without a good token takes up room.</param>
internal sealed class RememberingTokenHandler(TokenHandler inner) : TokenHandler, IDisposable
{
    /// <summary>More than sign in anywhere in a day. The least recently used go first when there are more.</summary>
    private const int MostTokens = 10_000;

    private readonly MemoryCache _good = new(new MemoryCacheOptions { SizeLimit = MostTokens });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        if (TryRecall(token, validationParameters, out var known))
            return known;

        var result = await inner.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
            Remember(token, result, validationParameters);
        return result;
    }

    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        inner.ValidateTokenAsync(token, validationParameters);

    public override SecurityToken ReadToken(string token) => inner.ReadToken(token);

    public void Dispose() => _good.Dispose();

    private bool TryRecall(string token, TokenValidationParameters parameters, [NotNullWhen(true)] out TokenValidationResult? known) =>
        _good.TryGetValue(token, out known) && known is not null && IsTimely(known.SecurityToken, parameters);

    private void Remember(string token, TokenValidationResult result, TokenValidationParameters parameters)
    {
        // Made on first use, and from here on it is read by many at once.
        _ = result.ClaimsIdentity;
        _good.Set(token, result, new MemoryCacheEntryOptions
        {
            Size = 1,
            AbsoluteExpiration = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero) + parameters.ClockSkew,
        });
    }

    /// <summary>By the library's own rule, so that remembering moves no second.</summary>
    private static bool IsTimely(SecurityToken token, TokenValidationParameters parameters)
    {
        try
        {
            Validators.ValidateLifetime(token.ValidFrom, token.ValidTo, token, parameters);
            return true;
        }
        catch (SecurityTokenValidationException)
        {
            return false;
        }
    }
}
