using Npgsql;

namespace Jpki.Ledger.Tests.Support;

/// <summary>Holds up everybody who wants to append, until disposed: what is sent meanwhile gathers.</summary>
internal sealed class Standstill : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private Standstill(NpgsqlConnection connection, NpgsqlTransaction transaction) => (_connection, _transaction) = (connection, transaction);

    public static async Task<Standstill> OfAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var halt = new NpgsqlCommand("lock table ledger.mt_streams in exclusive mode", connection, transaction);
        await halt.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new(connection, transaction);
    }

    /// <summary>Returns when at least as many connections of ledgers wait for a lock.</summary>
    public static Task HoldsAsync(string connectionString, int connections = 1) => Eventually.TrueAsync(() => Sql.ScalarAsync<bool>(
        connectionString,
        $"""
        select count(*) >= {connections} from pg_stat_activity
        where application_name = 'jpki-ledger' and wait_event_type = 'Lock' and datname = current_database()
        """));

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
