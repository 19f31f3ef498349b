using System.Runtime.Versioning;
using Jpki.Ledger.LocalPostgres;
using Jpki.Ledger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

[assembly: AssemblyFixture(typeof(LocalServer))]
[assembly: SupportedOSPlatform("linux")]

namespace Jpki.Ledger.Tests.Support;

/// <summary>One real server for all tests that do not stop it.</summary>
public sealed class LocalServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalPostgresServer? _server;

    public string LogFile => Path.Combine(_server!.Folder, "server.log");

    public async ValueTask InitializeAsync() =>
        _server = await LocalPostgresServer.StartAsync(_folder.Path, NullLogger.Instance, TestContext.Current.CancellationToken);

    /// <summary>A database of its own for a test class.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await Sql.ExecuteAsync(_server!.ConnectionString, $"create database {name}");
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>A copy of a database that nobody is connected to.</summary>
    public async Task<string> CopyDatabaseAsync(string original, string name)
    {
        await Sql.ExecuteAsync(_server!.ConnectionString, $"create database {name} template {original}");
        return new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}
