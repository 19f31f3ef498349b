using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Jpki.Domain.Json;
using Npgsql;
using NpgsqlTypes;
using Weasel.Core;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Marten's door to the one JSON contract. Marten's own System.Text.Json serializer is not used because it replaces the contract's enum
/// converter by one that writes C# names, and adds converters that read what the contract refuses.
/// </summary>
internal sealed class ContractSerializer : Marten.ISerializer
{
    private static readonly JsonSerializerOptions Options = Contract.Options;

    public EnumStorage EnumStorage => EnumStorage.AsString;

    public Casing Casing => Casing.CamelCase;

    public Marten.ValueCasting ValueCasting => Marten.ValueCasting.Strict;

    public string ToJson(object? document) => JsonSerializer.Serialize(document, TypeOf(document), Options);

    public string ToCleanJson(object? document) => ToJson(document);

    public string ToJsonWithTypes(object document) => ToJson(document);

    public void WriteTo(IBufferWriter<byte> writer, object? value)
    {
        using var json = new Utf8JsonWriter(writer, new JsonWriterOptions { Encoder = Options.Encoder });
        JsonSerializer.Serialize(json, value, TypeOf(value), Options);
    }

    public void WriteToCleanJson(IBufferWriter<byte> writer, object? value) => WriteTo(writer, value);

    public void WriteToJsonWithTypes(IBufferWriter<byte> writer, object value) => WriteTo(writer, value);

    public void WriteToParameter(NpgsqlParameter parameter, object? value)
    {
        parameter.NpgsqlDbType = NpgsqlDbType.Jsonb;
        parameter.Value = value is null ? DBNull.Value : JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), Options);
    }

    public T FromJson<T>(Stream stream) => (T)FromJson(typeof(T), stream);

    public T FromJson<T>(DbDataReader reader, int index) => (T)FromJson(typeof(T), reader, index);

    public object FromJson(Type type, Stream stream) => JsonSerializer.Deserialize(stream, type, Options)!;

    public object FromJson(Type type, DbDataReader reader, int index) =>
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(index), type, Options)!;

    public async ValueTask<T> FromJsonAsync<T>(Stream stream, CancellationToken cancellationToken = default) =>
        (await JsonSerializer.DeserializeAsync<T>(stream, Options, cancellationToken))!;

    public async ValueTask<T> FromJsonAsync<T>(DbDataReader reader, int index, CancellationToken cancellationToken = default) =>
        (T)await FromJsonAsync(typeof(T), reader, index, cancellationToken);

    public async ValueTask<object> FromJsonAsync(Type type, Stream stream, CancellationToken cancellationToken = default) =>
        (await JsonSerializer.DeserializeAsync(stream, type, Options, cancellationToken))!;

    public async ValueTask<object> FromJsonAsync(Type type, DbDataReader reader, int index, CancellationToken cancellationToken = default) =>
        JsonSerializer.Deserialize(await reader.GetFieldValueAsync<byte[]>(index, cancellationToken), type, Options)!;

    // The concrete type, so that a stored body carries no discriminator beside the column that already names it.
    private static Type TypeOf(object? value) => value?.GetType() ?? typeof(object);
}
