using System.Net;
using System.Security.Cryptography;
using Jpki.Domain.Identifiers;
using Jpki.Integration.Tests.Support;
using Jpki.Silo.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Jpki.Integration.Tests.Api;

/// <summary>No token, or one that is wrong in any way, opens nothing but the open doors.</summary>
public sealed class TokenTests(TownHallFixture fixture)
{
    private TownHall Hall => fixture.Hall;

    private ECDsaSecurityKey Key => DevelopmentTokens.OpenKey(Hall.InDataFolder("tokens", "development-key.pem"));

    [Theory]
    [InlineData("residents/13207-00000001")]
    [InlineData("residents/13207-00000001/events")]
    [InlineData("residents/13207-00000001/certificates/7f")]
    [InlineData("clock")]
    [InlineData("no/such/door")]
    public async Task Without_a_token_a_door_is_closed(string path)
    {
        using var line = Hall.LineWith(null);

        (await line.LookAtAsync(path)).AssertProblem(HttpStatusCode.Unauthorized, "NotSignedIn");
        (await line.SubmitAsync(Person.Next().Id, "{}")).AssertProblem(HttpStatusCode.Unauthorized, "NotSignedIn");
    }

    [Theory]
    [InlineData("health/live")]
    [InlineData("health/ready")]
    [InlineData("openapi/v1.json")]
    [InlineData("contacts")]
    [InlineData("authorities/signature/certificate")]
    [InlineData("authorities/user-authentication/certificate")]
    public async Task These_doors_are_open_to_everybody(string path)
    {
        using var line = Hall.LineWith(null);

        Assert.Equal(HttpStatusCode.OK, (await line.LookAtAsync(path)).Status);
    }

    public static TheoryData<string, Action<SecurityTokenDescriptor>> WrongTokens => new()
    {
        { "expired", token => (token.NotBefore, token.IssuedAt, token.Expires) = (Ago(3), Ago(3), Ago(1)) },
        { "not yet valid", token => (token.NotBefore, token.Expires) = (Ago(-1), Ago(-3)) },
        { "for another audience", token => token.Audience = "another" },
        { "of another issuer", token => token.Issuer = "urn:another" },
        { "signed by another key", token => token.SigningCredentials = new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), "ES256") },
        { "signed with a shared secret", token => token.SigningCredentials = new(new SymmetricSecurityKey(new byte[32]), "HS256") },
        { "not signed", token => token.SigningCredentials = null },
    };

    [Theory]
    [MemberData(nameof(WrongTokens), DisableDiscoveryEnumeration = true)]
    public async Task A_token_is_not_accepted_when_it_is(string wrong, Action<SecurityTokenDescriptor> spoil)
    {
        var good = Describe();
        using var line = Hall.LineWith(Sign(good));
        Assert.Equal(HttpStatusCode.OK, (await line.LookAtAsync("clock")).Status);

        var bad = Describe();
        spoil(bad);
        using var spoilt = Hall.LineWith(Sign(bad));
        var answer = await spoilt.LookAtAsync("clock");

        Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"A token {wrong} was answered with {answer.Status}.");
    }

    public static TheoryData<string, Action<Dictionary<string, object>>> WrongClaims => new()
    {
        { "two roles", claims => claims["role"] = new[] { "clerk", "supervisor" } },
        { "an unknown role", claims => claims["role"] = "mayor" },
        { "the back office's own role", claims => claims["role"] = "system" },
        { "no role", claims => claims.Remove("role") },
        { "no subject", claims => claims.Remove("sub") },
        { "a malformed office", claims => claims["office"] = "city hall" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims), DisableDiscoveryEnumeration = true)]
    public async Task A_token_lets_nothing_be_done_or_seen_with(string wrong, Action<Dictionary<string, object>> spoil)
    {
        var token = Describe();
        spoil((Dictionary<string, object>)token.Claims);
        using var line = Hall.LineWith(Sign(token));
        var person = await Hall.RegisterAsync();

        var seen = await line.LookAtAsync($"residents/{person.Id}");
        var done = await line.CommandAsync(person.Id, Samples.Of("hand-over-card", person));

        Assert.True(seen.Code == "RoleMayNot" && done.Code == "RoleMayNot", $"With {wrong}: {seen.Status}, {done.Status}.");
    }

    [Fact]
    public async Task The_silos_token_command_prints_one_that_its_silo_takes()
    {
        var end = await SiloProcess.RunAsync(["token", "--role", "clerk", "--office", TownHall.CityHall], ("DataFolder", Hall.InDataFolder()));
        using var line = Hall.LineWith(end.Output.Trim());
        var person = await Hall.RegisterAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Errors));
        Assert.Equal(HttpStatusCode.OK, (await line.LookAtAsync($"residents/{person.Id}")).Status);
    }

    [Theory]
    [InlineData("token", "--role", "system")]
    [InlineData("token", "--role", "mayor")]
    [InlineData("token", "--role", "clerk", "--office", "city hall")]
    [InlineData("token")]
    public async Task The_token_command_makes_no_token_for_what_it_does_not_know(params string[] arguments)
    {
        var end = await SiloProcess.RunAsync(arguments, ("DataFolder", Hall.InDataFolder()));

        Assert.NotEqual(0, end.ExitCode);
        Assert.DoesNotContain("eyJ", end.Output, StringComparison.Ordinal);
    }

    private static DateTime Ago(int hours) => TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-hours);

    private static string Sign(SecurityTokenDescriptor token) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);

    private SecurityTokenDescriptor Describe() => new()
    {
        Issuer = DevelopmentTokens.Issuer,
        Audience = "jpki-orleans",
        Claims = new Dictionary<string, object> { ["sub"] = "clerk-1", ["role"] = "clerk", ["office"] = OfficeCode.Parse(TownHall.CityHall).Value },
        NotBefore = Ago(1),
        IssuedAt = Ago(1),
        Expires = Ago(-1),
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.EcdsaSha256),
    };
}
