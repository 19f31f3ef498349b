using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>
/// 温かい接続: the sessions of those who append and load. The one used last is used next, so that a lone caller always meets the same server
/// process with its plans and rows at hand; the driver's pool goes round all that there are, and meets each of them cold. Safe for concurrent use.
/// </summary>
internal sealed class WarmConnections(NpgsqlDataSource source) : IAsyncDisposable
{
    // As many as were ever used at once: writers and readers are few.
    private readonly ConcurrentStack<NpgsqlConnection> _idle = [];

    /// <summary>Runs statements in one round trip and, where there are several, as one transaction of their own.</summary>
    /// <exception cref="Exception">The server refused, or the wire broke.</exception>
    public async Task<T> RunAsync<T>(NpgsqlBatch batch, Func<NpgsqlBatch, Task<T>> run, CancellationToken cancellation)
    {
        var connection = _idle.TryPop(out var warm) ? warm : await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        try
        {
            batch.Connection = connection;
            return await run(batch).ConfigureAwait(false);
        }
        finally
        {
            await PutBackAsync(connection);
        }
    }

    public ValueTask DisposeAsync() => DropIdleAsync();

    private async ValueTask PutBackAsync(NpgsqlConnection connection)
    {
        if (connection.FullState == ConnectionState.Open)
        {
            _idle.Push(connection);
            return;
        }

        // What broke one of them, as a restart of the server, has seldom spared the others; each would cost somebody an attempt.
        await connection.DisposeAsync();
        await DropIdleAsync();
    }

    private async ValueTask DropIdleAsync()
    {
        while (_idle.TryPop(out var connection))
            await connection.DisposeAsync();
    }
}
