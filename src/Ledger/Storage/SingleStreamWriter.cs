using JasperFx.Events;
using StreamTaken = Marten.Exceptions.ExistingStreamIdCollisionException;

namespace Jpki.Ledger.Storage;

/// <summary>One session and one transaction for each append.</summary>
internal sealed class SingleStreamWriter(LedgerStore store) : IStreamWriter
{
    public async Task<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation)
    {
        await using var session = store.Documents.LightweightSession();
        session.Enlist(append);
        try
        {
            await session.SaveChangesAsync(cancellation);
            return new AppendOutcome.Appended(append.ToRecorded());
        }
        catch (Exception e) when (e is EventStreamUnexpectedMaxEventIdException or StreamTaken)
        {
            return AppendOutcome.Conflict.Instance;
        }
    }
}
