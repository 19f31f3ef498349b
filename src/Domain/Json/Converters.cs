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

/// <summary>
/// Enums by exactly one of their names. The framework's own converter reads <c>"female, male"</c> as the sum of both, which is a third sex,
/// and forgives the case.
/// </summary>
internal sealed class ExactEnumConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(ExactEnumConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class ExactEnumConverter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> _byName = Enum.GetValues<T>().ToDictionary(NameOf);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && _byName.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException($"Not a {typeof(T).Name}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(NameOf(value));

        private static string NameOf(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
    }
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
