using System.Security.Cryptography;
using Jpki.Domain.Identifiers;
using Jpki.Silo.Security;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Jpki.Silo.Tests.Security;

/// <summary>A token's signature is verified once; nothing else about it is taken on trust.</summary>
public sealed class RememberingTokenHandlerTests : IDisposable
{
    // In the future: what is over by the system's clock is let go of.
    private static readonly DateTimeOffset Morning = new(2126, 4, 1, 9, 0, 0, TimeSpan.FromHours(9));
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new(Morning);
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly Counting _inner = new();
    private readonly RememberingTokenHandler _handler;

    public RememberingTokenHandlerTests() => _handler = new(_inner);

    [Fact]
    public async Task A_token_seen_before_is_not_verified_again_and_says_the_same()
    {
        var token = Token(TimeSpan.FromHours(1));

        var first = await ValidateAsync(token);
        var second = await ValidateAsync(token);

        Assert.True(first.IsValid && second.IsValid);
        Assert.Equal(1, _inner.Asked);
        Assert.Equal(
            first.ClaimsIdentity.Claims.Select(each => (each.Type, each.Value)), second.ClaimsIdentity.Claims.Select(each => (each.Type, each.Value)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_remembered_token_ends_in_the_second_in_which_one_not_remembered_does(int secondsAfter, bool isValid)
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.True((await ValidateAsync(token)).IsValid);

        _time.Advance(TimeSpan.FromHours(1) + Skew + TimeSpan.FromSeconds(secondsAfter));

        Assert.Equal(isValid, (await ValidateAsync(token)).IsValid);
        Assert.Equal(isValid, (await new JsonWebTokenHandler().ValidateTokenAsync(token, Parameters())).IsValid);
    }

    [Fact]
    public async Task What_was_refused_is_looked_at_again()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var token = Token(TimeSpan.FromHours(1), new ECDsaSecurityKey(other));

        Assert.False((await ValidateAsync(token)).IsValid);
        Assert.False((await ValidateAsync(token)).IsValid);

        Assert.Equal(2, _inner.Asked);
    }

    [Fact]
    public async Task A_token_that_differs_in_its_last_character_is_another()
    {
        var token = Token(TimeSpan.FromHours(1));
        Assert.True((await ValidateAsync(token)).IsValid);

        Assert.False((await ValidateAsync(token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1])).IsValid);
    }

    public void Dispose()
    {
        _handler.Dispose();
        _key.ECDsa.Dispose();
    }

    private Task<TokenValidationResult> ValidateAsync(string token) => _handler.ValidateTokenAsync(token, Parameters());

    private string Token(TimeSpan lifetime, ECDsaSecurityKey? key = null) => DevelopmentTokens.Issue(
        key ?? _key, "here", "clerk-01", "clerk", OfficeCode.Parse("132070001"), lifetime, _time);

    private TokenValidationParameters Parameters() => new()
    {
        ValidIssuer = DevelopmentTokens.Issuer,
        ValidAudience = "here",
        IssuerSigningKey = _key,
        ClockSkew = Skew,
        // The library's own clock can't be moved; its rule, with ours.
        LifetimeValidator = (from, until, _, rule) => from - rule.ClockSkew <= _time.GetUtcNow() && until + rule.ClockSkew >= _time.GetUtcNow(),
    };

    private sealed class Counting : TokenHandler
    {
        private readonly JsonWebTokenHandler _plain = new() { MapInboundClaims = false };

        public int Asked { get; private set; }

        public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
        {
            Asked++;
            return _plain.ValidateTokenAsync(token, validationParameters);
        }
    }
}
