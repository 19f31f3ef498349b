using System.Globalization;

namespace Jpki.Ledger.Tests.Support;

/// <summary>A prepared ledger in a database of the test class's own.</summary>
public sealed class LedgerDatabase(LocalServer server) : IAsyncLifetime
{
    private static int _count;
    private OpenLedger? _open;

    public string ConnectionString { get; private set; } = "";

    public LocalServer Server => server;

    public ResidentLedger Ledger => _open!.Ledger;

    public EvidenceStore Evidence => _open!.Evidence;

    public LedgerImport Import => _open!.Import;

    public CardReadings CardReadings => _open!.CardReadings;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await server.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"class_{Interlocked.Increment(ref _count)}"));
        _open = await OpenLedger.OnAsync(ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
    }
}
