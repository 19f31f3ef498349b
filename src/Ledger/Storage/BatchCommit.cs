using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Brings one batch to its end: every append of it is answered, whatever breaks.
/// </summary>
/// <remarks>
/// <para>
/// The server refused, or a serializer did: the transaction is rolled back as a whole. What stands in the streams is looked up in one
/// query (<see cref="StreamVerdicts"/>), appends that came too late are answered, and the rest goes again together; when that explains
/// nothing, the batch goes again in halves, down to the one append at fault.
/// </para>
/// <para>
/// The wire broke: the transaction may be stored, rolled back, or still under way in a server process that has not noticed. Finding
/// nothing in the streams would prove nothing, so nobody asks. The batch is sent again at the same expected versions, with the same event
/// ids, and PostgreSQL decides, once:
/// </para>
/// <list type="bullet">
/// <item>The first transaction had committed: the versions differ, the new one is refused, and the event standing after the expected
/// version is ours by its id. Stored.</item>
/// <item>It was rolled back: the new one is stored.</item>
/// <item>It is still under way and holds a row of the append: the new one waits for it (its <c>update</c>, or the primary key of what is
/// new) until the first has ended, which is one of the cases above.</item>
/// <item>It is still under way and has not come to the row: the new one is stored, and the first is refused by the version when it comes
/// there, with all of its batch.</item>
/// </list>
/// <para>
/// Batches take their streams in the order of the keys, so that two of them seldom wait for each other in both directions; a
/// deadlock that PostgreSQL breaks counts as a broken wire. Callers are told that the outcome is unknown when the database does not come back within <see cref="GroupCommitOptions.SettleWithin"/>.
/// </para>
/// </remarks>
internal sealed class BatchCommit(LedgerStore store, GroupCommitOptions options, TimeProvider clock)
{
    public Task RunAsync(IEnumerable<PendingAppend> batch, CancellationToken stop) => CommitAsync(
        [.. batch.OrderBy(each => each.Stream, StringComparer.Ordinal)], new Patience(clock, options.SettleWithin), stop);

    private async Task CommitAsync(IReadOnlyList<PendingAppend> open, Patience patience, CancellationToken stop)
    {
        while (open.Count > 0)
        {
            try
            {
                open = await AttemptAsync(open, stop).ConfigureAwait(false);
            }
            catch (Exception e) when (BrokenWire.IsCauseOf(e))
            {
                foreach (var each in open)
                    each.IsInDoubt = true;
                if (await patience.PauseAsync(stop))
                    continue;
                AnswerUnknown(open, e);
                return;
            }
            catch (Exception e) when (open.Count == 1)
            {
                AnswerUnknown(open, e);
                return;
            }
            catch (Exception)
            {
                var half = open.Count / 2;
                await CommitAsync([.. open.Take(half)], patience, stop);
                open = [.. open.Skip(half)];
            }
        }
    }

    /// <summary>One transaction.</summary>
    /// <returns>What is to be tried again: nothing when it is stored, fewer when some came too late.</returns>
    /// <exception cref="Exception">Refused, and by no version; or broken.</exception>
    private async Task<IReadOnlyList<PendingAppend>> AttemptAsync(IReadOnlyList<PendingAppend> open, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.AttemptTimeout);
        try
        {
            await StoreAsync(open, limit.Token).ConfigureAwait(false);
            foreach (var each in open)
                each.AnswerAppended();
            return [];
        }
        catch (Exception e) when (!BrokenWire.IsCauseOf(e))
        {
            var left = await StreamVerdicts.AnswerAsync(store, open, limit.Token);
            if (left.Count == open.Count)
                throw;
            return left;
        }
    }

    /// <summary>Events and what is kept beside them, sent, committed and answered in one round trip: without a BEGIN they are one transaction.</summary>
    private async Task StoreAsync(IReadOnlyList<PendingAppend> open, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch();
        batch.BatchCommands.Add(AppendStatement.For(open, store.Now));
        batch.Add(KeptStatements.For([.. open.Select(each => each.Kept)]));
        await store.Warm.RunAsync(batch, each => each.ExecuteNonQueryAsync(cancellation), cancellation).ConfigureAwait(false);
    }

    private static void AnswerUnknown(IReadOnlyList<PendingAppend> open, Exception cause)
    {
        foreach (var each in open)
            each.AnswerUnknown(cause);
    }
}
