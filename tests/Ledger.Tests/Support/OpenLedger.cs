using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Tests.Support;

/// <summary>A ledger as one process has it: opening two on one database is two processes.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private readonly LedgerStore _store;

    private OpenLedger(LedgerStore store) =>
        (_store, Ledger, Evidence) = (store, new ResidentLedger(store, new SingleStreamWriter(store)), new EvidenceStore(store, TimeProvider.System));

    public ResidentLedger Ledger { get; }

    public EvidenceStore Evidence { get; }

    public LedgerImport Import => new(_store);

    public CardReadings CardReadings => new(_store);

    public static OpenLedger Unprepared(string connectionString, SchemaHandling schema, TimeProvider? clock = null)
    {
        var store = new LedgerStore(new LedgerOptions { Schema = schema }, clock ?? TimeProvider.System);
        store.Open(connectionString);
        return new(store);
    }

    public static async Task<OpenLedger> OnAsync(string connectionString, TimeProvider? clock = null)
    {
        var open = Unprepared(connectionString, SchemaHandling.CreateOrUpdate, clock);
        await open.PrepareAsync();
        return open;
    }

    public Task PrepareAsync() => _store.PrepareAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
