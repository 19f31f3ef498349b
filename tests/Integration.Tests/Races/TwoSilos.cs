using Jpki.Integration.Tests.Support;
using Jpki.Ledger.LocalPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jpki.Integration.Tests.Races;

/// <summary>
/// Two back offices on one ledger with the same two authorities, neither of which knows of the other: the worst that a network cut in two
/// can do to one.
/// </summary>
public sealed class TwoSilos(TownHallFixture main) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalPostgresServer _database = null!;
    private SiloProcess _other = null!;

    public TownHall Hall { get; private set; } = null!;

    /// <summary>A clerk's line to each.</summary>
    internal IReadOnlyList<HttpClient> Clerks { get; private set; } = [];

    /// <summary>How often one of them found that the other had been first.</summary>
    internal int Collisions => (Hall.Silo.Log + _other.Log).Split("another writer was first").Length - 1;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.In("passphrase"), "correct horse battery staple", TestContext.Current.CancellationToken);
        _database = await LocalPostgresServer.StartAsync(_folder.In("postgres"), NullLogger.Instance, TestContext.Current.CancellationToken);
        (string, string)[] shared =
        [
            ("Ledger__ConnectionString", _database.ConnectionString),
            ("Authorities__Folder", _folder.In("authorities")),
            ("Authorities__PassphraseFile", _folder.In("passphrase")),
            ("Public__BaseAddress", "http://pki.example.test/pki/"),
        ];
        Hall = await TownHall.OpenAsync(main.Readers, shared);
        _other = await SiloProcess.StartAsync(
            _folder.In("other"), [.. shared, ("Tokens__DevelopmentKeyFile", Hall.InDataFolder("tokens", "development-key.pem"))]);
        Clerks = [Hall.Line("clerk"), Hall.LineWith(Hall.Token("clerk", TownHall.CityHall), _other.Address)];
    }

    public async ValueTask DisposeAsync()
    {
        Clerks[1].Dispose();
        await _other.DisposeAsync();
        await Hall.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _database.DisposeAsync();
        _folder.Dispose();
    }
}
