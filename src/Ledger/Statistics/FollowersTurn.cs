using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// The turn to follow the ledger: a lock of the database's session, on a connection kept for nothing else, which goes with the process that holds
/// it. A process that was paused may wake beside its successor; the fence of the view's row is for that.
/// </summary>
internal sealed class FollowersTurn : IAsyncDisposable
{
    // Any number of our own; it must only differ from other advisory locks in the database.
    private const long Lock = 0x6A706B69_00000006;

    private readonly NpgsqlConnection _connection;

    private FollowersTurn(NpgsqlConnection connection) => _connection = connection;

    /// <returns>None when another process has it.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public static async Task<FollowersTurn?> TryTakeAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        var turn = new FollowersTurn(await source.ConnectAsync(cancellation));
        try
        {
            if (await turn._connection.Statement($"select pg_try_advisory_lock({Lock})").ScalarAsync<bool>(cancellation))
                return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }

        await turn._connection.DisposeAsync();
        return null;
    }

    /// <exception cref="LedgerUnavailableException">The session is gone, and the turn with it.</exception>
    public Task AssureAsync(CancellationToken cancellation) => _connection.Statement("select 1").RunAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.Statement($"select pg_advisory_unlock({Lock})").RunAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is LedgerUnavailableException or InvalidOperationException)
        {
            // The lock goes with the session, which therefore must not live on in the pool.
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
    }
}
