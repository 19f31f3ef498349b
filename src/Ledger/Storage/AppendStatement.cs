using System.Collections.Concurrent;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger.Storage;

/// <summary>
/// The events of a whole batch as one statement, which calls the function that Marten itself appends with, once for each stream. Marten sends as
/// many statements as there are streams, which costs both sides as much as the appending (docs/decisions/0020-group-commit.md).
/// </summary>
internal static class AppendStatement
{
    // Marten's name for the one tenant there is.
    private const string Tenant = "*DEFAULT*";

    private const string Text = $"""
        select {LedgerStore.SchemaName}.mt_quick_append_events(
            each.stream, null, '{Tenant}', ($5::uuid[])[each.first:each.last], ($6::varchar[])[each.first:each.last], ($7::varchar[])[each.first:each.last],
            ($8::jsonb[])[each.first:each.last], null, ($9::varchar[])[each.first:each.last], ($10::jsonb[])[each.first:each.last],
            ($11::timestamptz[])[each.first:each.last], each.expected)
        from unnest($1, $2, $3, $4) as each (stream, expected, first, last)
        """;

    private static readonly ConcurrentDictionary<Type, string> DotNetNames = [];

    /// <exception cref="JsonException">An event can't be written.</exception>
    public static NpgsqlCommand For(IReadOnlyList<PendingAppend> appends, DateTimeOffset now)
    {
        var columns = new Columns(appends.Count);
        foreach (var append in appends)
            columns.Add(append, now);
        return columns.ToCommand();
    }

    // As Marten names types: without the assembly's version.
    private static string DotNetNameOf(Type type) => DotNetNames.GetOrAdd(type, static type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    private sealed class Columns(int streams)
    {
        private readonly List<string> _streams = new(streams);
        private readonly List<long> _expected = new(streams);
        private readonly List<int> _first = new(streams);
        private readonly List<int> _last = new(streams);
        private readonly List<Guid> _ids = new(streams);
        private readonly List<string> _types = new(streams);
        private readonly List<string> _dotNetTypes = new(streams);
        private readonly List<byte[]> _bodies = new(streams);
        private readonly List<string> _causes = new(streams);
        private readonly List<byte[]> _headers = new(streams);
        private readonly List<DateTimeOffset> _timestamps = new(streams);
        private Provenance? _lastProvenance;
        private byte[] _lastHeaders = [];

        public void Add(PendingAppend append, DateTimeOffset now)
        {
            _streams.Add(append.Stream);
            _expected.Add(append.ExpectedVersion);
            _first.Add(_ids.Count + 1);
            foreach (var (id, happened) in append.Identified)
            {
                var type = happened.Body.GetType();
                _ids.Add(id);
                _types.Add(StoredNameAttribute.Of(type).Name);
                _dotNetTypes.Add(DotNetNameOf(type));
                _bodies.Add(JsonSerializer.SerializeToUtf8Bytes(happened.Body, type, Contract.Options));
                _causes.Add(happened.Provenance.CommandId.ToString());
                _headers.Add(HeadersOf(happened.Provenance));
                _timestamps.Add(now);
            }

            _last.Add(_ids.Count);
        }

        public NpgsqlCommand ToCommand() => new(Text)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Varchar, _streams), Array(NpgsqlDbType.Bigint, _expected),
                Array(NpgsqlDbType.Integer, _first), Array(NpgsqlDbType.Integer, _last),
                Array(NpgsqlDbType.Uuid, _ids), Array(NpgsqlDbType.Varchar, _types), Array(NpgsqlDbType.Varchar, _dotNetTypes),
                Array(NpgsqlDbType.Jsonb, _bodies), Array(NpgsqlDbType.Varchar, _causes), Array(NpgsqlDbType.Jsonb, _headers),
                Array(NpgsqlDbType.TimestampTz, _timestamps),
            },
        };

        /// <summary>Events of one command, which stand together, share what stands beside them.</summary>
        private byte[] HeadersOf(Provenance provenance)
        {
            if (!ReferenceEquals(provenance, _lastProvenance))
                (_lastProvenance, _lastHeaders) = (provenance, JsonSerializer.SerializeToUtf8Bytes(StoredProvenance.HeadersOf(provenance), Contract.Options));
            return _lastHeaders;
        }

        private static NpgsqlParameter<List<T>> Array<T>(NpgsqlDbType element, List<T> values) =>
            new() { NpgsqlDbType = NpgsqlDbType.Array | element, TypedValue = values };
    }
}
