using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>Statements past Marten: parameters by place, rows as a stream, and a broken wire told as what it is.</summary>
internal static class Wire
{
    /// <summary>For statements that wait for others or walk whole tables; whoever is tired of waiting cancels.</summary>
    private const int NoTimeout = 0;

    public static Task<NpgsqlConnection> ConnectAsync(this NpgsqlDataSource source, CancellationToken cancellation) =>
        ReadingAsync(() => source.OpenConnectionAsync(cancellation).AsTask());

    public static Task<NpgsqlTransaction> BeginAsync(this NpgsqlConnection connection, IsolationLevel level, CancellationToken cancellation) =>
        ReadingAsync(() => connection.BeginTransactionAsync(level, cancellation).AsTask());

    public static NpgsqlCommand Statement(this NpgsqlConnection connection, string text, params ReadOnlySpan<object?> values) =>
        new NpgsqlCommand(text, connection).With(values);

    public static NpgsqlCommand Statement(this NpgsqlDataSource source, string text, params ReadOnlySpan<object?> values) =>
        source.CreateCommand(text).With(values);

    public static NpgsqlCommand Patient(this NpgsqlCommand command)
    {
        command.CommandTimeout = NoTimeout;
        return command;
    }

    /// <summary>Runs a statement that answers nothing.</summary>
    /// <returns>Rows changed.</returns>
    public static async Task<int> RunAsync(this NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
            return await ReadingAsync(() => command.ExecuteNonQueryAsync(cancellation));
    }

    /// <summary>The one value of the one row.</summary>
    public static async Task<T> ScalarAsync<T>(this NpgsqlCommand command, CancellationToken cancellation)
    {
        await using (command)
            return (T)(await ReadingAsync(() => command.ExecuteScalarAsync(cancellation)))!;
    }

    /// <summary>The rows, one in memory at a time.</summary>
    /// <param name="query">Made anew for each walk through the rows.</param>
    public static async IAsyncEnumerable<T> RowsAsync<T>(
        Func<NpgsqlCommand> query, Func<NpgsqlDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = query();
        await using var reader = await ReadingAsync(() => command.ExecuteReaderAsync(cancellation));
        while (true)
        {
            try
            {
                if (!await reader.ReadAsync(cancellation))
                    break;
            }
            catch (Exception e) when (IsBroken(e))
            {
                throw new LedgerUnavailableException(e);
            }

            yield return read(reader);
        }
    }

    /// <exception cref="LedgerOutcomeUnknownException">Committed or not.</exception>
    public static async Task CommittedAsync(this NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        try
        {
            await transaction.CommitAsync(cancellation);
        }
        catch (Exception e)
        {
            throw new LedgerOutcomeUnknownException(e);
        }
    }

    /// <exception cref="LedgerUnavailableException">The database did not answer, or refused.</exception>
    public static async Task<T> ReadingAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (IsBroken(e))
        {
            throw new LedgerUnavailableException(e);
        }
    }

    public static bool IsBroken(Exception e) => e is DbException or TimeoutException;

    private static NpgsqlCommand With(this NpgsqlCommand command, ReadOnlySpan<object?> values)
    {
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
