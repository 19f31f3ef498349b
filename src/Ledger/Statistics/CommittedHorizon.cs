using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Statistics;

internal sealed class CommittedHorizon(LedgerStore store) : ILedgerHorizon
{
    public Task<long> SafeSequenceAsync(CancellationToken cancellation) =>
        store.Source.Statement($"select coalesce(max(seq_id), 0) from {LedgerStore.SchemaName}.mt_events").ScalarAsync<long>(cancellation);
}
