using System.Text.Json;
using System.Text.Unicode;
using FluentValidation;
using FluentValidation.Results;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;

namespace Jpki.Silo.Registry;

/// <summary>A line as it was understood.</summary>
public abstract record ReadChange
{
    private ReadChange()
    {
    }

    /// <summary>A change of the contract's form, and the command it stands for.</summary>
    public sealed record Good(RegistryChange Change, CommandEnvelope Envelope) : ReadChange;

    /// <param name="Number">The change number, where the line has one.</param>
    /// <param name="Attempted">Of a change that is of the form and that a rule stands against.</param>
    public sealed record Bad(ChangeNumber? Number, Rejection Why, RegistryChange? Attempted = null) : ReadChange;
}

/// <summary>
/// Reads a line: UTF-8, JSON, of the contract, of the registry's own municipality, of sensible shape. A line is held to the same shape as a
/// command sent singly. What is wrong is said by place and kind, never by repeating a value or a member's unknown name.
/// </summary>
/// <param name="validator">That of the API's other door.</param>
public sealed class ChangeReader(IValidator<CommandEnvelope> validator)
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private static readonly string[] _places =
    [
        "$.changeNumber", "$.resident", "$.kind", "$.occurredOn", "$.cause", "$.continuedUse", "$.change",
        "$.attributes", "$.attributes.name", "$.attributes.address", "$.attributes.birthDate", "$.attributes.sex",
    ];

    /// <param name="municipality">The municipality the registry speaks for.</param>
    public ReadChange Read(FeedLine line, MunicipalityCode municipality)
    {
        if (line.Octets is not { } octets)
            return new ReadChange.Bad(null, Rejection.LineTooLong());
        if (!Utf8.IsValid(octets))
            return new ReadChange.Bad(null, Rejection.InvalidUtf8());

        var (change, bad) = Parse(octets);
        if (change is null)
            return bad!;
        if (change.Resident.Municipality != municipality || change.ChangeNumber.Municipality != municipality)
            return new ReadChange.Bad(change.ChangeNumber, Rejection.Of(Refusals.OtherMunicipality()), change);
        return Check(change) is { } why
            ? new ReadChange.Bad(change.ChangeNumber, why)
            : new ReadChange.Good(change, change.ToEnvelope());
    }

    private static (RegistryChange? Change, ReadChange.Bad? Bad) Parse(byte[] octets)
    {
        try
        {
            using var document = JsonDocument.Parse(octets, _strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Parse(document.RootElement) : (null, new(null, Rejection.NotJson()));
        }
        // InvalidOperationException: half of a surrogate pair is found only as the name or the text is read.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return (null, new(null, Rejection.NotJson()));
        }
    }

    private static (RegistryChange? Change, ReadChange.Bad? Bad) Parse(JsonElement root)
    {
        var number = ChangeNumber.TryParse(Text(root, "changeNumber"), null, out var parsed) ? parsed : default(ChangeNumber?);
        if (!RegistryChange.Kinds.Contains(Text(root, "kind")))
            return (null, new(number, Rejection.UnknownKind(RegistryChange.Kinds)));

        try
        {
            return (root.Deserialize<RegistryChange>(Contract.Options), null);
        }
        catch (JsonException exception)
        {
            return (null, new(number, Rejection.WrongMember(PlaceOf(exception))));
        }
    }

    private Rejection? Check(RegistryChange change)
    {
        var shape = validator.Validate(change.ToEnvelope());
        return shape.IsValid ? null : Rejection.WrongShape([.. shape.Errors.Select(FieldOf)]);
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;

    /// <summary>The longest known place that the reader's complaint lies in; a name that only the sender knows may be anything.</summary>
    private static string PlaceOf(JsonException exception) =>
        _places.Where(place => $"{exception.Path}.".StartsWith($"{place}.", StringComparison.Ordinal)).MaxBy(place => place.Length) ?? "$";

    private static string FieldOf(ValidationFailure error)
    {
        var parts = error.PropertyName.Split('.').Where(part => part != nameof(CommandEnvelope.Command));
        return $"{string.Join('.', parts.Select(JsonNamingPolicy.CamelCase.ConvertName))}: {error.ErrorMessage}";
    }
}
