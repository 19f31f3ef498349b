using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>
/// A turn that one process of all that share the database has: a lock of the database's session, on a connection kept for nothing else, which goes
/// with the process that holds it. A process that was paused may wake beside its successor; fences in what they write are for that.
/// </summary>
internal sealed class SessionTurn : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly long _number;

    private SessionTurn(NpgsqlConnection connection, long number) => (_connection, _number) = (connection, number);

    /// <param name="number">Of the lock; any number of our own, it must only differ from other advisory locks in the database.</param>
    /// <returns>None when another process has it.</returns>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public static async Task<SessionTurn?> TryTakeAsync(NpgsqlDataSource source, long number, CancellationToken cancellation)
    {
        var turn = new SessionTurn(await source.ConnectAsync(cancellation), number);
        try
        {
            if (await turn._connection.Statement($"select pg_try_advisory_lock({number})").ScalarAsync<bool>(cancellation))
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
            await _connection.Statement($"select pg_advisory_unlock({_number})").RunAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is LedgerUnavailableException or InvalidOperationException)
        {
            // The lock goes with the session, which therefore must not live on in the pool.
            NpgsqlConnection.ClearPool(_connection);
        }

        await _connection.DisposeAsync();
    }
}
