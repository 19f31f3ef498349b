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
        await connection.Statement("select pg_advisory_lock(hashtextextended($1, 0))", turn._scope).Patient().RunAsync(cancellation);
        return turn;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.Statement("select pg_advisory_unlock(hashtextextended($1, 0))", _scope).RunAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is LedgerUnavailableException or InvalidOperationException)
        {
            // The session is gone, and the lock with it. What broke it is told by whatever was under way.
            await _connection.CloseAsync();
        }
    }
}
