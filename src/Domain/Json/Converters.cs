using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jpki.Domain.Json;

/// <summary>Octets as Base64.</summary>
internal sealed class OctetsConverter : JsonConverter<Octets>
{
    public override Octets Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var octets)
            ? Octets.From(octets)
            : throw new JsonException("Base64 text was expected.");

    public override void Write(Utf8JsonWriter writer, Octets value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value.Span);
}

/// <summary>Every identifier as the string it parses from; text that does not parse is a JSON error that names the type, not the text.</summary>
internal sealed class IdentifierConverterFactory : JsonConverterFactory
{
    private const string IdentifierNamespace = "Jpki.Domain.Identifiers";

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && typeToConvert.Namespace == IdentifierNamespace;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(IdentifierConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class IdentifierConverter<T> : JsonConverter<T>
        where T : struct, IParsable<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), null, out var id)
                ? id
                : throw new JsonException($"Not a valid {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
