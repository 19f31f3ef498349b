using Jpki.Ledger.LocalPostgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jpki.Ledger.Tests.Support;

/// <summary>A server of the test class's own, to be stopped and started.</summary>
public sealed class StoppableServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalPostgresServer? _server;

    public LocalPostgresServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await LocalPostgresServer.StartAsync(_folder.Path, NullLogger.Instance, TestContext.Current.CancellationToken);
        await using var open = await OpenLedger.OnAsync(_server.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}
