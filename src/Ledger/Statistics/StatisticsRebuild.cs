using System.Data;
using System.Threading.Channels;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// Folds the ledger from its first event into rows of another generation, while the views are read and followed as before; at the end the view's row
/// changes over to them in one transaction. Stopped or killed, it goes on from what it saved last.
/// </summary>
internal sealed class StatisticsRebuild(LedgerStore store, LedgerHorizon horizon, StatisticsOptions options, TimeProvider clock)
{
    /// <summary>Events between two looks whether it is to stop.</summary>
    private const int LookEvents = 20_000;

    /// <summary>Events that are folded while the follower waits.</summary>
    private const int LastEvents = 5_000;

    private const int BatchEvents = 1_000;
    private const int BatchesAhead = 16;

    /// <summary>Runs the rebuild that is under way to its end, or until it is to stop.</summary>
    /// <param name="catchUp">The views are far behind and nobody follows meanwhile: up to the newest event, whatever the views have.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer; what is saved is gone on from.</exception>
    /// <exception cref="LedgerDamagedException">An event is not one that this program can count.</exception>
    public async Task RunAsync(RebuildJob job, bool catchUp, CancellationToken cancellation)
    {
        await using var connection = await store.Source.ConnectAsync(cancellation);
        if (job.Status.State == RebuildState.Stopping)
        {
            await RebuildJob.EnterAsync(connection, RebuildState.Stopped, clock.GetUtcNow(), null, cancellation);
            return;
        }

        var (generation, folding) = await BeginAsync(connection, job, cancellation);
        do
        {
            var target = await TargetAsync(connection, catchUp, cancellation);
            if (await FoldAsync(generation, folding, target, cancellation))
                continue;

            await SaveAsync(connection, generation, folding, cancellation);
            await RebuildJob.EnterAsync(connection, RebuildState.Stopped, clock.GetUtcNow(), null, cancellation);
            return;
        }
        while (!await ChangeOverAsync(connection, generation, folding, cancellation));
    }

    private static async Task<(int Generation, Folding Folding)> BeginAsync(NpgsqlConnection connection, RebuildJob job, CancellationToken cancellation)
    {
        var next = (await StatisticsStore.MarkAsync(connection, cancellation)).Generation + 1;
        await RebuildJob.EnterAsync(connection, RebuildState.Running, null, null, cancellation);
        if (job.Generation == next && job.Hash.Sequence > 0)
        {
            var known = await StatisticsStore.ResidentsAsync(connection, next, cancellation)
                .ToDictionaryAsync(each => each.Resident, each => each.ToFacts(), cancellationToken: cancellation);
            var resumed = new Folding(job.Hash.Copy(), known);
            await foreach (var (key, sum) in StatisticsStore.CellsAsync(connection, next, cancellation))
                resumed.Cells.Add(key, sum.Count, sum.Yen);
            return (next, resumed);
        }

        await StatisticsStore.ClearAsync(connection, next, null, cancellation);
        await RebuildJob.SavedAsync(connection, next, RunningHash.Zero, cancellation);
        return (next, new(RunningHash.Zero, []));
    }

    /// <summary>Where the views stand, so that what was kept and what is rebuilt can be compared.</summary>
    private async Task<long> TargetAsync(NpgsqlConnection connection, bool catchUp, CancellationToken cancellation) => catchUp
        ? await horizon.SafeSequenceAsync(cancellation)
        : (await StatisticsStore.MarkAsync(connection, cancellation)).Hash.Sequence;

    /// <returns>False when it is to stop.</returns>
    private async Task<bool> FoldAsync(int generation, Folding folding, long target, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var rows = Channel.CreateBounded<IReadOnlyList<EventRow>>(BatchesAhead);
        var reading = ReadAheadAsync(rows.Writer, folding.Hash.Sequence, target, end.Token);
        try
        {
            var (sinceLook, sinceSave) = (0L, 0L);
            await foreach (var batch in rows.Reader.ReadAllAsync(cancellation))
            {
                foreach (var row in batch)
                    folding.Add(row);
                if ((sinceLook += batch.Count) >= LookEvents && (sinceLook = 0) == 0
                    && !await RebuildJob.ProgressAsync(store.Source, folding.Hash.Sequence, target, cancellation))
                    return false;
                if ((sinceSave += batch.Count) >= options.CheckpointEvents && (sinceSave = 0) == 0)
                    await SaveAsync(generation, folding, cancellation);
            }

            return await RebuildJob.ProgressAsync(store.Source, folding.Hash.Sequence, target, cancellation);
        }
        finally
        {
            await end.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Reads while others fold: the database's time and the fold's are spent beside each other.</summary>
    private async Task ReadAheadAsync(ChannelWriter<IReadOnlyList<EventRow>> into, long after, long upTo, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await store.Source.ConnectAsync(cancellation);
            var size = (int)Math.Min(BatchEvents, options.CheckpointEvents);
            var batch = new List<EventRow>(size);
            await foreach (var row in EventRows.ReadAsync(connection, after, upTo, long.MaxValue, cancellation))
            {
                batch.Add(row);
                if (batch.Count < size)
                    continue;
                await into.WriteAsync(batch, cancellation);
                batch = new List<EventRow>(size);
            }

            await into.WriteAsync(batch, cancellation);
            into.Complete();
        }
        catch (Exception e)
        {
            into.Complete(e);
        }
    }

    private async Task SaveAsync(int generation, Folding folding, CancellationToken cancellation)
    {
        await using var connection = await store.Source.ConnectAsync(cancellation);
        await SaveAsync(connection, generation, folding, cancellation);
    }

    private static async Task SaveAsync(NpgsqlConnection connection, int generation, Folding folding, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginAsync(IsolationLevel.ReadCommitted, cancellation);
        await PutAsync(connection, generation, folding, cancellation);
        await transaction.CommittedAsync(cancellation);
        folding.Changed.Clear();
    }

    private static async Task PutAsync(NpgsqlConnection connection, int generation, Folding folding, CancellationToken cancellation)
    {
        await StatisticsStore.ClearAsync(connection, generation, folding.Changed, cancellation);
        await StatisticsStore.CopyAsync(
            connection, generation, folding.Cells, folding.Changed.Select(each => ResidentRow.Of(each, folding.Facts[each])), cancellation);
        await RebuildJob.SavedAsync(connection, generation, folding.Hash, cancellation);
    }

    /// <returns>False when the views have gone on too far meanwhile.</returns>
    private async Task<bool> ChangeOverAsync(NpgsqlConnection connection, int generation, Folding folding, CancellationToken cancellation)
    {
        // What is much is stored before the follower has to wait.
        await SaveAsync(connection, generation, folding, cancellation);
        await using var transaction = await connection.BeginAsync(IsolationLevel.ReadCommitted, cancellation);
        var kept = await StatisticsStore.MarkAsync(connection, cancellation, locked: true);
        if (kept.Hash.Sequence - folding.Hash.Sequence > LastEvents)
            return false;

        var last = await EventRows.ReadAsync(connection, folding.Hash.Sequence, kept.Hash.Sequence, LastEvents, cancellation).ToListAsync(cancellation);
        last.ForEach(folding.Add);
        var digest = folding.DigestOfAll();
        bool? equal = kept.Hash.Sequence == folding.Hash.Sequence ? kept.Hash.IsSameAs(folding.Hash) && kept.Digest == digest : null;
        if (last.Count > 0)
            await PutAsync(connection, generation, folding, cancellation);
        await connection.Statement(
            $"""
            update {StatisticsViewTable.FullName} set generation = $2, sequence = $3, count = $4, hash = $5, digest = $6, folded_at = $7,
                checked_sequence = 0, checked_count = 0, checked_hash = $8 where name = $1
            """,
            StatisticsStore.Name, generation, folding.Hash.Sequence, folding.Hash.Count, folding.Hash.Value, digest, clock.GetUtcNow(),
            RunningHash.Zero.Value).RunAsync(cancellation);
        await RebuildJob.EnterAsync(connection, RebuildState.Done, clock.GetUtcNow(), equal, cancellation);
        await Incidents.RepairedAsync(connection, null, clock.GetUtcNow(), cancellation);
        await transaction.CommittedAsync(cancellation);

        await StatisticsStore.ClearAsync(connection, kept.Generation, null, cancellation);
        return true;
    }
}
