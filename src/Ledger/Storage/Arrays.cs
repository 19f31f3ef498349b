using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger.Storage;

/// <summary>Many rows in one statement: a parameter for each column, with the values of all rows.</summary>
internal static class Arrays
{
    public static NpgsqlParameter Of<T>(NpgsqlDbType element, IEnumerable<T> values) =>
        new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | element, TypedValue = values as List<T> ?? [.. values] };

    public static NpgsqlBatchCommand Statement(string text, params ReadOnlySpan<NpgsqlParameter> values)
    {
        var statement = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            statement.Parameters.Add(value);
        return statement;
    }
}
