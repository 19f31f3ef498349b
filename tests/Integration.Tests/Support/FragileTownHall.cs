using Jpki.Ledger.LocalPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jpki.Integration.Tests.Support;

/// <summary>The tests that kill things; one after the other, on a town hall of their own.</summary>
[CollectionDefinition(Name)]
public sealed class FragileTests : ICollectionFixture<FragileTownHall>
{
    public const string Name = "fragile town hall";
}

/// <summary>
/// A silo and a database that may be killed, each by itself. The readers are everybody's, for a process talks to one PC/SC daemon in its
/// life: who kills that one brings it back.
/// </summary>
public sealed class FragileTownHall(TownHallFixture main) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public TownHall Hall { get; private set; } = null!;

    public ReaderHall Readers => main.Readers;

    internal LocalPostgresServer Database { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Database = await LocalPostgresServer.StartAsync(_folder.In("postgres"), NullLogger.Instance, TestContext.Current.CancellationToken);
        Hall = await TownHall.OpenAsync(Readers, ("Ledger__ConnectionString", Database.ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        await Hall.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A new resident with a blank card at the counter; the card is in the reader.</summary>
    internal async Task<Visit> VisitAsync(ReaderSlot slot, VirtualCard.Readers.Tamper? tamper = null, bool stays = false)
    {
        var person = await Hall.RegisterAsync();
        var visit = new Visit(Hall, slot, person, Hall.CardFor(person));
        await slot.InsertAsync(visit.Card, tamper, stays);
        return visit;
    }

    internal async Task<T> AskDatabaseAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    internal async Task TellDatabaseAsync(string sql) => await AskDatabaseAsync<object>($"{sql}; select 1");

    /// <summary>Holds an advisory lock of the database until disposal.</summary>
    internal async Task<IAsyncDisposable> HoldLockAsync(int number)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"select pg_advisory_lock({number})", connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
