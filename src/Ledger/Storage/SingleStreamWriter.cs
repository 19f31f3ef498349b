using JasperFx.Events;
using Jpki.Domain.Residents;
using Marten.Services;
using Npgsql;
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
            await using var connection = await store.Source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var session = store.Documents.LightweightSession(SessionOptions.ForTransaction(transaction));
            session.Enlist(append);
            await session.SaveChangesAsync(cancellation);
            await KeepAsync(connection, append.Kept, cancellation);
            await transaction.CommitAsync(cancellation);
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

    private static async Task KeepAsync(NpgsqlConnection connection, KeptRows kept, CancellationToken cancellation)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(KeptStatements.For([kept]));
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync(cancellation);
    }
}
