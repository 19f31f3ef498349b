using Jpki.Domain;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>
/// The turn to publish for a scope: a lock of the database's session, which goes with the process that holds it. Not a lock of the
/// transaction: waiting for one takes the snapshot first, and that would be older than the list one waited for.
/// </summary>
internal sealed class PublishersTurn : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _scope;

    private PublishersTurn(NpgsqlConnection connection, string scope) => (_connection, _scope) = (connection, scope);

    public static async Task<PublishersTurn> TakeAsync(NpgsqlConnection connection, RevocationListScope scope, CancellationToken cancellation)
    {
        var turn = new PublishersTurn(connection, $"revocation-list {scope.AuthorityKeyId} {scope.Municipality}");
        try
        {
            await connection.Statement("select pg_advisory_lock(hashtextextended($1, 0))", turn._scope).Patient().RunAsync(cancellation);
            return turn;
        }
        catch
        {
            // Who gives up waiting may have been given the turn in the same moment, and must not take it back into the pool.
            await turn.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.Statement("select pg_advisory_unlock(hashtextextended($1, 0))", _scope).RunAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is LedgerUnavailableException or InvalidOperationException)
        {
            // The lock goes with the session, which therefore must not live on in the pool. What broke it is told by whatever was under way.
            NpgsqlConnection.ClearPool(_connection);
            await _connection.CloseAsync();
        }
    }
}
