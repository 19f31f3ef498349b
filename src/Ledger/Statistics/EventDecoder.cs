using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Statistics;

namespace Jpki.Ledger.Statistics;

/// <summary>From a row to the domain's record. What this program does not know stops the fold: an event passed over is never found again.</summary>
internal static class EventDecoder
{
    private static readonly Dictionary<string, Role> _roles = Enum.GetValues<Role>().ToDictionary(ContractName.Of);

    /// <returns>None for an event that the fold does not heed.</returns>
    /// <exception cref="LedgerDamagedException">Not an event of a resident that this program knows, or without its provenance.</exception>
    public static Recorded? Decode(EventRow row)
    {
        if (!StoredNames.Events.TryGetValue(row.Type, out var type) || !ResidentId.TryParse(row.Stream, null, out var resident))
            throw new LedgerDamagedException($"What stands at sequence {row.Sequence} is no event of a resident.");
        if (StatisticsFold.Unheeded.Contains(type))
            return null;

        try
        {
            var happened = (ResidentEvent)JsonSerializer.Deserialize(row.Body, type, Contract.Options)!;
            return new(resident, row.Version, happened, Provenance(row));
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or ArgumentNullException or InvalidOperationException)
        {
            // The cause's text may quote the body, which is personal data.
            throw new LedgerDamagedException($"What stands at sequence {row.Sequence} can't be read ({e.GetType().Name}).");
        }
    }

    private static Provenance Provenance(EventRow row)
    {
        var (command, subject, role, office, at, ruleSet) = ("", "", default(Role?), default(OfficeCode?), default(DateTimeOffset?), "");
        var reader = new Utf8JsonReader(row.Headers);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "command": command = reader.GetString()!; break;
                case "subject": subject = reader.GetString()!; break;
                case "role": role = _roles[reader.GetString()!]; break;
                case "office": office = OfficeCode.Parse(reader.GetString()!); break;
                case "at": at = reader.GetDateTimeOffset(); break;
                case "ruleSet": ruleSet = reader.GetString()!; break;
                default: reader.Skip(); break;
            }
        }

        return command.Length > 0 && role is { } acted && at is { } decided
            ? new(CommandId.Parse(row.CausationId!), command, new(subject, acted, office), decided, ruleSet)
            : throw new JsonException();
    }
}
