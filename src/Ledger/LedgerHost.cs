using Jpki.Ledger.LocalPostgres;
using Jpki.Ledger.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger;

/// <summary>
/// Opens the ledger before any hosted service starts and closes it after all have stopped, in whatever order they were registered: the
/// silo never sees a database that is not there yet.
/// </summary>
public sealed class LedgerHost : IHostedLifecycleService, IAsyncDisposable
{
    private readonly LedgerOptions _options;
    private readonly LedgerStore _store;
    private readonly CertificateRegister _register;
    private readonly ResidentLedger _residents;
    private readonly IReadOnlyList<IAsyncDisposable> _users;
    private readonly ILogger<LedgerHost> _logger;
    private LocalPostgresServer? _local;

    /// <param name="users">What works on the store and is ended before it is closed.</param>
    internal LedgerHost(
        LedgerOptions options, LedgerStore store, CertificateRegister register, ResidentLedger residents, IReadOnlyList<IAsyncDisposable> users, ILogger<LedgerHost> logger) =>
        (_options, _store, _register, _residents, _users, _logger) = (options, store, register, residents, users, logger);

    /// <summary>
    /// Starts the private server when there is no connection string, connects, prepares the tables, and fills the register of certificates and
    /// the rows of open work where the ledger is older than they.
    /// </summary>
    /// <exception cref="LocalPostgresException">The private server can't be had.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _store.Open(string.IsNullOrWhiteSpace(_options.ConnectionString) ? await StartLocalAsync(cancellationToken) : _options.ConnectionString);
        await _store.PrepareAsync(cancellationToken);
        await _register.PrepareAsync(cancellationToken);
        await _residents.PrepareOpenWorkAsync(cancellationToken);
    }

    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
            await user.DisposeAsync();
        await _store.DisposeAsync();
        if (_local is not null)
            await _local.DisposeAsync();
    }

    private async Task<string> StartLocalAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
            throw new LocalPostgresException("The private PostgreSQL runs on Linux only. Set a connection string.");

        _local = await LocalPostgresServer.StartAsync(_options.LocalFolder, _logger, cancellation);
        return _local.ConnectionString;
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedLifecycleService.StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    Task IHostedService.StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
