using System.Collections.Concurrent;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Json;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger.Storage;

/// <summary>
/// The events of a whole batch as one statement. Marten sends as many statements as there are streams, which costs both sides as much as the
/// appending (docs/decisions/0020-group-commit.md).
/// </summary>
internal static class AppendStatement
{
    private const string Text = $"select {AppendFunction.FullName}($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    private static readonly ConcurrentDictionary<Type, string> DotNetNames = [];

    /// <exception cref="JsonException">An event can't be written.</exception>
    public static NpgsqlBatchCommand For(IReadOnlyList<PendingAppend> appends, DateTimeOffset now)
    {
        var columns = new Columns(appends.Count);
        foreach (var append in appends)
            columns.Add(append);
        return columns.ToStatement(now);
    }

    // As Marten names types: without the assembly's version.
    private static string DotNetNameOf(Type type) => DotNetNames.GetOrAdd(type, static type => $"{type.FullName}, {type.Assembly.GetName().Name}");

    private sealed class Columns(int streams)
    {
        private readonly List<string> _streams = new(streams);
        private readonly List<long> _expected = new(streams);
        private readonly List<int> _counts = new(streams);
        private readonly List<string> _ofStream = new(streams);
        private readonly List<long> _versions = new(streams);
        private readonly List<Guid> _ids = new(streams);
        private readonly List<string> _types = new(streams);
        private readonly List<string> _dotNetTypes = new(streams);
        private readonly List<byte[]> _bodies = new(streams);
        private readonly List<string> _causes = new(streams);
        private readonly List<byte[]> _headers = new(streams);
        private Provenance? _lastProvenance;
        private (byte[] Headers, string Cause) _last = ([], "");

        public void Add(PendingAppend append)
        {
            var version = append.ExpectedVersion;
            foreach (var (id, happened) in append.Identified)
            {
                var type = happened.Body.GetType();
                var (headers, cause) = Of(happened.Provenance);
                _ofStream.Add(append.Stream);
                _versions.Add(++version);
                _ids.Add(id);
                _types.Add(StoredNameAttribute.Of(type).Name);
                _dotNetTypes.Add(DotNetNameOf(type));
                _bodies.Add(JsonSerializer.SerializeToUtf8Bytes(happened.Body, type, Contract.Options));
                _causes.Add(cause);
                _headers.Add(headers);
            }

            _streams.Add(append.Stream);
            _expected.Add(append.ExpectedVersion);
            _counts.Add((int)(version - append.ExpectedVersion));
        }

        public NpgsqlBatchCommand ToStatement(DateTimeOffset now) => Arrays.Statement(
            Text,
            Arrays.Of(NpgsqlDbType.Varchar, _streams),
            Arrays.Of(NpgsqlDbType.Bigint, _expected),
            Arrays.Of(NpgsqlDbType.Integer, _counts),
            Arrays.Of(NpgsqlDbType.Varchar, _ofStream),
            Arrays.Of(NpgsqlDbType.Bigint, _versions),
            Arrays.Of(NpgsqlDbType.Uuid, _ids),
            Arrays.Of(NpgsqlDbType.Varchar, _types),
            Arrays.Of(NpgsqlDbType.Varchar, _dotNetTypes),
            Arrays.Of(NpgsqlDbType.Jsonb, _bodies),
            Arrays.Of(NpgsqlDbType.Varchar, _causes),
            Arrays.Of(NpgsqlDbType.Jsonb, _headers),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now });

        /// <summary>Events of one command, which stand together, share what stands beside them.</summary>
        private (byte[] Headers, string Cause) Of(Provenance provenance)
        {
            if (ReferenceEquals(provenance, _lastProvenance))
                return _last;
            _lastProvenance = provenance;
            return _last = (JsonSerializer.SerializeToUtf8Bytes(StoredProvenance.HeadersOf(provenance), Contract.Options), provenance.CommandId.ToString());
        }
    }
}
