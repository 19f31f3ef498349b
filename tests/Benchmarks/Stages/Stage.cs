using Jpki.Benchmarks.Audit;
using Jpki.Ledger.LocalPostgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jpki.Benchmarks.Stages;

/// <summary>What several measures use, made when the first asks for it and taken down at the end.</summary>
/// <param name="isQuick">Whoever looks at ratios only roughly is content with smaller lists.</param>
internal sealed class Stage(bool isQuick) : IAsyncDisposable
{
    public const string TownDatabase = "town";
    public const string HostedDatabase = "hosted";

    // The database server may run under an account of its own, which must be able to pass through.
    private const UnixFileMode Passable = (UnixFileMode)0b111_101_101;

    private readonly string _folder = Passing(Directory.CreateTempSubdirectory("jpki-bench-").FullName);
    private LocalPostgresServer? _postgres;
    private BenchSilo? _silo;
    private Town? _town;
    private AuditedTown? _audited;
    private HostedSilo? _hosted;

    public bool IsQuick => isQuick;

    /// <summary>A folder of its own for each name.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>One server for both sides, so that neither has the better settings.</summary>
    public async Task<LocalPostgresServer> PostgresAsync(CancellationToken cancellation) =>
        _postgres ??= await LocalPostgresServer.StartAsync(Path.Combine(_folder, "postgres"), NullLogger.Instance, cancellation);

    /// <summary>A database on the server, empty when it is asked for first.</summary>
    public async Task<string> DatabaseAsync(string name, CancellationToken cancellation)
    {
        var server = (await PostgresAsync(cancellation)).ConnectionString;
        await using var source = NpgsqlDataSource.Create(server);
        await using var exists = source.CreateCommand($"select 1 from pg_database where datname = '{name}'");
        if (await exists.ExecuteScalarAsync(cancellation) is null)
        {
            await using var create = source.CreateCommand($"create database {name}");
            await create.ExecuteNonQueryAsync(cancellation);
        }

        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    public async Task<BenchSilo> SiloAsync(CancellationToken cancellation) => _silo ??=
        await BenchSilo.StartAsync(Folder("silo"), await DatabaseAsync(TownDatabase, cancellation), cancellation);

    /// <summary>A silo within this process, on a database of its own.</summary>
    public async Task<HostedSilo> HostedSiloAsync(CancellationToken cancellation) => _hosted ??=
        await HostedSilo.StartAsync(Folder("hosted"), await DatabaseAsync(HostedDatabase, cancellation), cancellation);

    /// <summary>The silo's residents.</summary>
    public async Task<Town> TownAsync(CancellationToken cancellation) => _town ??= new(await SiloAsync(cancellation));

    /// <summary>A ledger with a million events and its export.</summary>
    public async Task<AuditedTown> AuditedAsync(CancellationToken cancellation) => _audited ??= await AuditedTown.CreateAsync(this, cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_audited is not null)
            await _audited.DisposeAsync();
        _town?.Dispose();
        if (_hosted is not null)
            await _hosted.DisposeAsync();
        if (_silo is not null)
            await _silo.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Passing(string folder)
    {
        File.SetUnixFileMode(folder, Passable);
        return folder;
    }
}
