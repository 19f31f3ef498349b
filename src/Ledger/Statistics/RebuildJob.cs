using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>再構築: a rebuild of the statistics, as it stands in its row.</summary>
/// <param name="Cause">Who asked for it: an account, or the check.</param>
/// <param name="Saved">Sequence up to which its work is kept; a stopped one goes on from there.</param>
/// <param name="Reached">Sequence up to which it has folded.</param>
/// <param name="Target">Sequence up to which it has to.</param>
/// <param name="Equal">Whether it gave what had been kept; none before its end, and where the views had been further behind than it.</param>
public sealed record StatisticsRebuildStatus(
    RebuildState State, string Cause, long Saved, long Reached, long Target, DateTimeOffset RequestedAt, DateTimeOffset? EndedAt, bool? Equal);

/// <summary>再構築の状態</summary>
public enum RebuildState
{
    /// <summary>Waits for the follower.</summary>
    Requested,

    Running,

    /// <summary>To stop at the next occasion.</summary>
    Stopping,

    /// <summary>Asked for again, it goes on from what is saved.</summary>
    Stopped,

    Done,

    /// <summary>An event can't be counted; see the incidents.</summary>
    Failed,
}

/// <summary>The row of the rebuild.</summary>
internal sealed record RebuildJob(StatisticsRebuildStatus Status, int Generation, RunningHash Hash)
{
    private const string Columns = "state, cause, generation, sequence, count, hash, reached, target, requested_at, ended_at, equal";

    public bool IsUnderWay => Status.State is RebuildState.Requested or RebuildState.Running or RebuildState.Stopping;

    public static async Task<RebuildJob?> FindAsync(NpgsqlDataSource source, CancellationToken cancellation) => await Wire.RowsAsync(
        () => source.Statement($"select {Columns} from {StatisticsRebuildTable.FullName} where name = $1", StatisticsStore.Name), Read, cancellation)
        .FirstOrDefaultAsync(cancellation);

    /// <summary>Asks for a rebuild. One that was stopped goes on, one under way stays as it is, and after any other a new one begins.</summary>
    public static Task<int> RequestAsync(NpgsqlDataSource source, string cause, DateTimeOffset now, CancellationToken cancellation) => source.Statement(
        $"""
        insert into {StatisticsRebuildTable.FullName} as job (name, {Columns}) values ($1, '{RebuildState.Requested}', $2, 0, 0, 0, $3, 0, 0, $4, null, null)
        on conflict (name) do update set state = '{RebuildState.Requested}', cause = excluded.cause, requested_at = excluded.requested_at, ended_at = null, equal = null,
            (generation, sequence, count, hash, reached, target) = (
                select case when resumed then job.generation else 0 end, case when resumed then job.sequence else 0 end, case when resumed then job.count else 0 end,
                    case when resumed then job.hash else excluded.hash end, case when resumed then job.sequence else 0 end, 0
                from (select job.state = '{RebuildState.Stopped}' as resumed) how)
        where job.state in ('{RebuildState.Stopped}', '{RebuildState.Done}', '{RebuildState.Failed}')
        """,
        StatisticsStore.Name, cause, RunningHash.Zero.Value, now.ToUniversalTime()).RunAsync(cancellation);

    /// <returns>False when none is under way.</returns>
    public static async Task<bool> StopAsync(NpgsqlDataSource source, CancellationToken cancellation) => await source.Statement(
        $"update {StatisticsRebuildTable.FullName} set state = $2 where name = $1 and state in ('{RebuildState.Requested}', '{RebuildState.Running}')",
        StatisticsStore.Name, nameof(RebuildState.Stopping)).RunAsync(cancellation) == 1;

    /// <summary>Tells how far it is.</summary>
    /// <returns>False when it is to stop.</returns>
    public static async Task<bool> ProgressAsync(NpgsqlDataSource source, long reached, long target, CancellationToken cancellation) =>
        await source.Statement(
            $"update {StatisticsRebuildTable.FullName} set reached = $2, target = $3 where name = $1 and state = '{RebuildState.Running}'",
            StatisticsStore.Name, reached, target).RunAsync(cancellation) == 1;

    /// <summary>Tells what is saved, in the transaction that saves it.</summary>
    public static Task<int> SavedAsync(NpgsqlConnection connection, int generation, RunningHash hash, CancellationToken cancellation) => connection.Statement(
        $"update {StatisticsRebuildTable.FullName} set generation = $2, sequence = $3, count = $4, hash = $5, reached = $3 where name = $1",
        StatisticsStore.Name, generation, hash.Sequence, hash.Count, hash.Value).RunAsync(cancellation);

    public static Task<int> EnterAsync(NpgsqlConnection connection, RebuildState state, DateTimeOffset? endedAt, bool? equal, CancellationToken cancellation) =>
        connection.Statement(
            $"update {StatisticsRebuildTable.FullName} set state = $2, ended_at = $3, equal = $4 where name = $1",
            StatisticsStore.Name, state.ToString(), endedAt?.ToUniversalTime() ?? (object)DBNull.Value, equal ?? (object)DBNull.Value).RunAsync(cancellation);

    private static RebuildJob Read(NpgsqlDataReader row) => new(
        new(
            Enum.Parse<RebuildState>(row.GetString(0)), row.GetString(1), row.GetInt64(3), row.GetInt64(6), row.GetInt64(7),
            row.GetFieldValue<DateTimeOffset>(8), row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9), row.IsDBNull(10) ? null : row.GetBoolean(10)),
        row.GetInt32(2),
        new(row.GetInt64(3), row.GetInt64(4), row.GetFieldValue<byte[]>(5)));
}
