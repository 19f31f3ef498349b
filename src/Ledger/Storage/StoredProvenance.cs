using System.Text.Json;
using JasperFx.Events;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;

namespace Jpki.Ledger.Storage;

/// <summary>
/// How provenance stands beside an event: the command's id as what caused it (column <c>causation_id</c>), the rest as headers. Both are
/// Marten's own metadata, so the body stays what happened and nothing else.
/// </summary>
internal static class StoredProvenance
{
    private const string Command = "command";
    private const string Subject = "subject";
    private const string Role = "role";
    private const string Office = "office";
    private const string At = "at";
    private const string RuleSet = "ruleSet";

    public static void Write(IEvent target, Provenance provenance)
    {
        target.CausationId = provenance.CommandId.ToString();
        foreach (var (name, value) in HeadersOf(provenance))
            target.SetHeader(name, value);
    }

    /// <summary>What stands beside an event, but for the command's id.</summary>
    public static Dictionary<string, object> HeadersOf(Provenance provenance)
    {
        var headers = new Dictionary<string, object>
        {
            [Command] = provenance.Command,
            [Subject] = provenance.By.Subject,
            [Role] = provenance.By.Role,
        };
        if (provenance.By.Office is { } office)
            headers[Office] = office;
        headers[At] = provenance.At;
        headers[RuleSet] = provenance.RuleSet;
        return headers;
    }

    /// <exception cref="LedgerDamagedException">A part is missing or unreadable.</exception>
    public static Provenance Read(IEvent stored)
    {
        try
        {
            return new(
                CommandId.Parse(stored.CausationId ?? throw Missing(stored, "causation_id")),
                RequiredText(stored, Command),
                new(RequiredText(stored, Subject), Required<Role>(stored, Role), Optional<OfficeCode>(stored, Office)),
                Required(stored, At) is { ValueKind: JsonValueKind.String } at ? at.GetDateTimeOffset() : throw new JsonException(),
                RequiredText(stored, RuleSet));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new LedgerDamagedException($"The provenance at sequence {stored.Sequence} can't be read.", e);
        }
    }

    private static T Required<T>(IEvent stored, string name)
        where T : notnull =>
        Required(stored, name).Deserialize<T>(Contract.Options)!;

    // Every event of every history has five of these: a serializer for each costs more than the rest of the reading.
    private static string RequiredText(IEvent stored, string name) =>
        Required(stored, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw new JsonException();

    private static JsonElement Required(IEvent stored, string name) => Header(stored, name) ?? throw Missing(stored, name);

    private static T? Optional<T>(IEvent stored, string name)
        where T : struct =>
        Header(stored, name)?.Deserialize<T>(Contract.Options);

    private static JsonElement? Header(IEvent stored, string name) => stored.GetHeader(name) is JsonElement value ? value : null;

    private static LedgerDamagedException Missing(IEvent stored, string what) =>
        new($"The provenance at sequence {stored.Sequence} has no {what}.");
}
