using JasperFx.Events;
using StreamTaken = Marten.Exceptions.ExistingStreamIdCollisionException;

namespace Jpki.Ledger.Storage;

/// <summary>One session and one transaction for each append: the plain way, which the grouped one is compared with.</summary>
internal sealed class SingleStreamWriter(LedgerStore store) : IStreamWriter
{
    public async Task<StreamOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            await using var session = store.Documents.LightweightSession();
            session.Enlist(append);
            await session.SaveChangesAsync(cancellation);
            return StreamOutcome.Appended;
        }
        catch (Exception e) when (e is EventStreamUnexpectedMaxEventIdException or StreamTaken)
        {
            return StreamOutcome.Conflict;
        }
        catch (Exception e)
        {
            throw new LedgerOutcomeUnknownException(e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
