using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Jpki.Ledger.LocalPostgres;

/// <summary>
/// A PostgreSQL of this process's own, from the programs installed on the machine, for development, tests and the town hall in one
/// command. Its data outlive it; its settings are those of a server that keeps what it acknowledged.
/// </summary>
public sealed class LocalPostgresServer : IAsyncDisposable
{
    private const string Superuser = "jpki";
    private const string DatabaseName = "jpki";
    private const int StartSeconds = 60;
    private const int StopSeconds = 60;

    // Between asking the system for a free port and the server's taking it, somebody else may; three times in a row is something else.
    private const int PortAttempts = 3;

    private static readonly TimeSpan LeftoverPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeftoverPause = TimeSpan.FromMilliseconds(50);

    private readonly ServerFolder _folder;
    private readonly ServerAccount _account;
    private readonly PostgresBinaries _binaries;
    private readonly ILogger _logger;
    private readonly FileStream _reservation;
    private int _port;
    private bool _isDisposed;

    private LocalPostgresServer(
        ServerFolder folder, ServerAccount account, PostgresBinaries binaries, ILogger logger, FileStream reservation) =>
        (_folder, _account, _binaries, _logger, _reservation) = (folder, account, binaries, logger, reservation);

    /// <summary>Stays the same over <see cref="StopAsync"/> and <see cref="StartAgainAsync"/>.</summary>
    public string ConnectionString => Connection(DatabaseName);

    /// <summary>Where the data really are.</summary>
    public string Folder => _folder.Root;

    /// <summary>
    /// Starts the server: makes the data the first time, takes over what a killed process left running, and returns when it answers.
    /// </summary>
    /// <param name="folder">
    /// Made when missing. When the process is root and the account PostgreSQL runs under can't reach the folder, the data are kept under
    /// <c>/var/lib/jpki-ledger</c> and a warning says so.
    /// </param>
    /// <exception cref="LocalPostgresException">PostgreSQL is not installed, the folder is in use, or the server does not start.</exception>
    [SupportedOSPlatform("linux")]
    public static Task<LocalPostgresServer> StartAsync(string folder, ILogger logger, CancellationToken cancellation = default) =>
        StartAsync(folder, ServerFolder.Elsewhere, logger, cancellation);

    [SupportedOSPlatform("linux")]
    internal static async Task<LocalPostgresServer> StartAsync(
        string asked, string elsewhere, ILogger logger, CancellationToken cancellation)
    {
        var account = ServerAccount.Choose();
        var (folder, obstacle) = await ServerFolder.MakeAsync(asked, account, elsewhere, cancellation);
        if (obstacle is not null)
            logger.LogWarning("{Account} can't enter {Obstacle}; PostgreSQL keeps its data in {Folder} instead of {Asked}.", account.Name, obstacle, folder.Root, asked);

        var binaries = PostgresBinaries.Find(folder.DataVersion);
        var server = new LocalPostgresServer(folder, account, binaries, logger, folder.Reserve());
        try
        {
            await server.OpenAsync(cancellation);
            return server;
        }
        catch
        {
            await server._reservation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the server; nothing happens when it does not run.</summary>
    /// <param name="immediate">True ends it as a power cut would, false ends sessions and writes a checkpoint.</param>
    public async Task StopAsync(bool immediate = false, CancellationToken cancellation = default)
    {
        NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        if (await IsRunningAsync(cancellation))
            await PgCtlAsync(StopArguments(immediate ? "immediate" : "fast"), cancellation);
    }

    /// <summary>Starts it after <see cref="StopAsync"/>, at the same place.</summary>
    /// <exception cref="LocalPostgresException">It does not start, e.g. because its port was taken meanwhile.</exception>
    public Task StartAgainAsync(CancellationToken cancellation = default) => LaunchAsync(_port, cancellation);

    /// <summary>Stops the server and frees the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return; // The folder may be another owner's by now.

        _isDisposed = true;
        await StopAsync();
        await _reservation.DisposeAsync();
    }

    [SupportedOSPlatform("linux")]
    private async Task OpenAsync(CancellationToken cancellation)
    {
        if (_folder.DataVersion is null)
            await CreateClusterAsync(cancellation);
        await ClearLeftoversAsync(cancellation);
        await LaunchAnywhereAsync(cancellation);
        await CreateDatabaseAsync(cancellation);
        _logger.LogInformation("PostgreSQL runs on 127.0.0.1:{Port}, data in {Folder}.", _port, _folder.Root);
    }

    [SupportedOSPlatform("linux")]
    private async Task CreateClusterAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(_folder.Unfinished))
            Directory.Delete(_folder.Unfinished, recursive: true);
        await _folder.WritePasswordAsync(RandomNumberGenerator.GetHexString(32, lowercase: true), _account, cancellation);
        await Tool.RequireAsync(
            _account,
            _binaries.InitDb,
            [
                "-D", _folder.Unfinished, "-U", Superuser, "-A", "scram-sha-256", $"--pwfile={_folder.Password}",
                "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions",
            ],
            _folder.Root,
            cancellation);
        Directory.Move(_folder.Unfinished, _folder.Data);
    }

    /// <summary>
    /// This process holds the folder's reservation, so a server still running has lost its owner. It is stopped and not adopted: its
    /// sessions may hold locks of the dead, and its settings may be old.
    /// </summary>
    private async Task ClearLeftoversAsync(CancellationToken cancellation)
    {
        if (!File.Exists(_folder.PidFile))
            return;

        if (await IsRunningAsync(cancellation))
        {
            _logger.LogWarning("A PostgreSQL left running in {Folder} is stopped.", _folder.Root);
            await StopLeftoverAsync(cancellation);
        }

        // PostgreSQL removes this file itself, unless the process number in it was given to another program of the same account since.
        if (File.Exists(_folder.PidFile))
        {
            _logger.LogWarning("PostgreSQL in {Folder} was not stopped the last time; it recovers now.", _folder.Root);
            File.Delete(_folder.PidFile);
        }
    }

    private async Task StopLeftoverAsync(CancellationToken cancellation)
    {
        // Either may fail: the first when a session hangs, both when only the children of a killed postmaster are left, which end by themselves.
        foreach (var mode in new[] { "fast", "immediate" })
            await Tool.RunAsync(_account, _binaries.PgCtl, StopArguments(mode), _folder.Root, cancellation);

        for (var waited = TimeSpan.Zero; await IsRunningAsync(cancellation); waited += LeftoverPause)
        {
            if (waited >= LeftoverPatience)
                throw new LocalPostgresException($"A PostgreSQL left running in {_folder.Root} does not stop. End it by hand.");
            await Task.Delay(LeftoverPause, cancellation);
        }
    }

    // A server that has stopped removes the file a moment before its process is gone.
    private async Task<bool> IsRunningAsync(CancellationToken cancellation) =>
        File.Exists(_folder.PidFile) && await Leftovers.AreServedAsync(_folder, _account, cancellation);

    private async Task LaunchAnywhereAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePort();
            try
            {
                await LaunchAsync(_port, cancellation);
                return;
            }
            catch (LocalPostgresException e) when (attempt < PortAttempts)
            {
                _logger.LogWarning(e, "PostgreSQL did not start on port {Port}; trying another.", _port);
            }
        }
    }

    private async Task LaunchAsync(int port, CancellationToken cancellation)
    {
        string[] arguments = ["start", "-D", _folder.Data, "-w", "-t", $"{StartSeconds}", "-s", "-l", _folder.Log, "-o", ServerSettings.For(port)];
        var result = await Tool.RunAsync(_account, _binaries.PgCtl, arguments, _folder.Root, cancellation);
        if (result.ExitCode != 0)
            throw new LocalPostgresException($"PostgreSQL did not start on port {port}; {_folder.Log} tells why.");
    }

    private string[] StopArguments(string mode) => ["stop", "-D", _folder.Data, "-w", "-t", $"{StopSeconds}", "-m", mode];

    private Task PgCtlAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        Tool.RequireAsync(_account, _binaries.PgCtl, arguments, _folder.Root, cancellation);

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(Connection("postgres"));
        await using var exists = source.CreateCommand($"select 1 from pg_database where datname = '{DatabaseName}'");
        if (await exists.ExecuteScalarAsync(cancellation) is not null)
            return;

        await using var create = source.CreateCommand($"create database {DatabaseName}");
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private string Connection(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = IPAddress.Loopback.ToString(),
        Port = _port,
        Username = Superuser,
        Password = File.ReadAllText(_folder.Password),
        Database = database,
    }.ConnectionString;

    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
