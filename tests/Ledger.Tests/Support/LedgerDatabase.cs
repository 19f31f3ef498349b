using System.Globalization;

namespace Jpki.Ledger.Tests.Support;

/// <summary>A prepared ledger in a database of the test class's own.</summary>
public class LedgerDatabase(LocalServer server) : IAsyncLifetime
{
    private static int _count;
    private OpenLedger? _open;

    public string ConnectionString { get; private set; } = "";

    public LocalServer Server => server;

    public virtual CommitHandling Commits => CommitHandling.Grouped;

    public ResidentLedger Ledger => _open!.Ledger;

    public EvidenceStore Evidence => _open!.Evidence;

    public CertificateRegister Register => _open!.Register;

    public RevocationListStore Lists => _open!.Lists;

    public AuthorityJournal Journal => _open!.Journal;

    public JournalWriter OfficeJournal => _open!.OfficeJournal;

    public BulkStore Bulk => _open!.Bulk;

    public LedgerImport Import => _open!.Import;

    public CardReadings CardReadings => _open!.CardReadings;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await server.CreateDatabaseAsync(string.Create(CultureInfo.InvariantCulture, $"class_{Interlocked.Increment(ref _count)}"));
        _open = await OpenLedger.OnAsync(ConnectionString, Commits);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>The same with a transaction for each append.</summary>
public sealed class SinglyLedgerDatabase(LocalServer server) : LedgerDatabase(server)
{
    public override CommitHandling Commits => CommitHandling.Singly;
}
