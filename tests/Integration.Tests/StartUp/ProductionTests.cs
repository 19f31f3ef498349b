using System.Net;
using System.Security.Cryptography;
using Jpki.Integration.Tests.Support;
using Jpki.Ledger.LocalPostgres;
using Jpki.Silo.Security;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Jpki.Integration.Tests.StartUp;

/// <summary>A silo configured as production wants it: the staff's issuer, authorities made beforehand, a database with its tables.</summary>
public sealed class ProductionTests : IAsyncLifetime
{
    private const string Issuer = "urn:staff-of-akishima";

    private readonly TemporaryFolder _folder = new();
    private readonly ECDsa _staff = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private LocalPostgresServer _database = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private (string, string)[] Common =>
    [
        ("Ledger__ConnectionString", _database.ConnectionString),
        ("Authorities__Folder", _folder.In("authorities")),
        ("Authorities__PassphraseFile", _folder.In("passphrase")),
        ("Audit__Origin", "audit.example.test"),
    ];

    private (string, string)[] Production =>
    [
        .. Common,
        ("ASPNETCORE_ENVIRONMENT", "Production"),
        ("Public__BaseAddress", "http://pki.example.test/pki/"),
        ("Clock__PlayFrom", ""),
        ("Tokens__Issuer", Issuer),
        ("Tokens__PublicKeyFile", _folder.In("staff.pem")),
    ];

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.In("passphrase"), "correct horse battery staple", Now);
        await File.WriteAllTextAsync(_folder.In("staff.pem"), _staff.ExportSubjectPublicKeyInfoPem(), Now);
        _database = await LocalPostgresServer.StartAsync(_folder.In("postgres"), NullLogger.Instance, Now);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _database.DisposeAsync();
        _staff.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_runs_on_what_was_prepared_and_takes_no_development_token()
    {
        string development;
        await using (await SiloProcess.StartAsync(_folder.In("silo"), Common))
            development = DevelopmentToken();

        await using var silo = await SiloProcess.StartAsync(_folder.In("silo"), Production);

        Assert.Equal(HttpStatusCode.Unauthorized, await ClockAsync(silo, development));
        Assert.Equal(HttpStatusCode.Unauthorized, await ClockAsync(silo, StaffToken(DevelopmentTokens.Issuer)));
        Assert.Equal(HttpStatusCode.OK, await ClockAsync(silo, StaffToken(Issuer)));
    }

    private static async Task<HttpStatusCode> ClockAsync(SiloProcess silo, string token)
    {
        using var line = new HttpClient { BaseAddress = silo.Address };
        line.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (await line.LookAtAsync("clock")).Status;
    }

    private string DevelopmentToken() => DevelopmentTokens.Issue(
        DevelopmentTokens.OpenKey(_folder.In("silo", "tokens", "development-key.pem")),
        "jpki-orleans", "clerk-1", "clerk", null, TimeSpan.FromHours(1), TimeProvider.System);

    private string StaffToken(string issuer) => new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer,
        Audience = "jpki-orleans",
        Claims = new Dictionary<string, object> { ["sub"] = "auditor-1", ["role"] = "auditor" },
        SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(_staff), SecurityAlgorithms.EcdsaSha256),
    });
}
