using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Tests.Support;

/// <summary>A ledger as one process has it: opening two on one database is two processes.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private readonly LedgerStore _store;
    private readonly IStreamWriter _writer;
    private readonly GroupedStreamReader _reader;

    private OpenLedger(LedgerStore store, IStreamWriter writer)
    {
        (_store, _writer, _reader) = (store, writer, new GroupedStreamReader(store));
        Ledger = new(store, writer, _reader);
        Evidence = new(store, TimeProvider.System);
        Register = new(store, Ledger);
        Lists = new(store);
        Journal = new(store);
        OfficeJournal = new(writer);
    }

    internal LedgerStore Store => _store;

    public ResidentLedger Ledger { get; }

    public EvidenceStore Evidence { get; }

    public CertificateRegister Register { get; }

    public RevocationListStore Lists { get; }

    public AuthorityJournal Journal { get; }

    public JournalWriter OfficeJournal { get; }

    public BulkStore Bulk => new(_store);

    public LedgerImport Import => new(_store);

    public CardReadings CardReadings => new(_store);

    public static OpenLedger Unprepared(string connectionString, SchemaHandling schema, TimeProvider? clock = null, LedgerOptions? options = null)
    {
        options ??= new LedgerOptions();
        options.Schema = schema;
        var store = new LedgerStore(options, clock ?? TimeProvider.System);
        store.Open(connectionString);
        return new(store, options.Commits == CommitHandling.Singly
            ? new SingleStreamWriter(store)
            : new GroupCommitWriter(store, options.GroupCommit, TimeProvider.System));
    }

    public static async Task<OpenLedger> OnAsync(string connectionString, TimeProvider? clock = null, LedgerOptions? options = null)
    {
        var open = Unprepared(connectionString, SchemaHandling.CreateOrUpdate, clock, options);
        await open.PrepareAsync();
        return open;
    }

    /// <summary>With appends that share transactions, or each its own.</summary>
    public static Task<OpenLedger> OnAsync(string connectionString, CommitHandling commits) =>
        OnAsync(connectionString, options: new LedgerOptions { Commits = commits });

    /// <summary>On tables that another has prepared.</summary>
    public static OpenLedger On(string connectionString) => Unprepared(connectionString, SchemaHandling.AssertOnly);

    public async Task PrepareAsync()
    {
        await _store.PrepareAsync(TestContext.Current.CancellationToken);
        await Register.PrepareAsync(TestContext.Current.CancellationToken);
        await Ledger.PrepareOpenWorkAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await OfficeJournal.DisposeAsync();
        await _writer.DisposeAsync();
        await _reader.DisposeAsync();
        await _store.DisposeAsync();
    }
}
