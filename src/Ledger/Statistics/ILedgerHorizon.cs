namespace Jpki.Ledger.Statistics;

/// <summary>地平: up to where the ledger is final: no event can come any more with a sequence number up to it.</summary>
internal interface ILedgerHorizon
{
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    Task<long> SafeSequenceAsync(CancellationToken cancellation);
}
