using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;

namespace Jpki.Domain.Json;

/// <summary>
/// The one JSON contract of commands, events and storage: camel case, enums as camel-case strings, days as ISO 8601, octets as Base64,
/// identifiers as strings, polymorphism by <c>type</c> with the stored name. Unknown members and missing values are errors, so that a
/// misspelt field is never quietly dropped.
/// </summary>
public static class Contract
{
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>
    /// Adds the contract to options owned by a framework. Enums keep the framework's converter there, for only that one can be described in
    /// OpenAPI; it writes the same and reads more, so whatever is decided on is read with <see cref="Options"/>.
    /// </summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.AllowDuplicateProperties = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new OctetsConverter());
        options.Converters.Add(new IdentifierConverterFactory());
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AddStoredNames, LeaveOutWhatIsAsBefore } };
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions();
        Apply(options);
        options.Converters.Insert(0, new ExactEnumConverterFactory());
        options.MakeReadOnly();
        return options;
    }

    private static void AddStoredNames(JsonTypeInfo type)
    {
        if (type.Type == typeof(ResidentEvent))
            type.PolymorphismOptions = ByStoredName(StoredNames.Events);
        else if (type.Type == typeof(JournalEvent))
            type.PolymorphismOptions = ByStoredName(StoredNames.JournalEvents);
        else if (type.Type == typeof(ResidentCommand))
            type.PolymorphismOptions = ByStoredName(StoredNames.Commands);
        else if (type.Type == typeof(ProposedException))
            type.PolymorphismOptions = ByStoredName(StoredNames.ProposedExceptions);
        else if (type.Type == typeof(Applicant))
            type.PolymorphismOptions = ByStoredName(StoredNames.Applicants);
        else if (type.Type == typeof(AgentErrand))
            type.PolymorphismOptions = ByStoredName(StoredNames.AgentErrands);
    }

    /// <summary>
    /// Members that were added later are optional, and left out where they say nothing: what was stored before they came is written again as it
    /// was, octet by octet.
    /// </summary>
    private static void LeaveOutWhatIsAsBefore(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: true, DefaultValue: null })
                property.ShouldSerialize = (_, value) => value is not null;
            else if (property.PropertyType == typeof(Applicant))
                property.ShouldSerialize = (_, value) => value is not Applicant.Holder;
        }
    }

    private static JsonPolymorphismOptions ByStoredName(IReadOnlyDictionary<string, Type> names)
    {
        var options = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName = "type",
            UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization,
        };
        foreach (var (name, type) in names)
            options.DerivedTypes.Add(new JsonDerivedType(type, name));
        return options;
    }
}
