using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Statistics;

/// <summary>From a row to the domain's record. What this program does not know stops the fold: an event passed over is never found again.</summary>
internal static class EventDecoder
{
    private static readonly Dictionary<string, Role> _roles = Enum.GetValues<Role>().ToDictionary(ContractName.Of);

    /// <returns>None for an event that the fold does not heed.</returns>
    /// <exception cref="LedgerDamagedException">Not an event that this program knows, of another kind of stream, or without its provenance.</exception>
    public static Decoded? Decode(EventRow row)
    {
        if (!StoredNames.Events.TryGetValue(row.Type, out var type) && !StoredNames.JournalEvents.TryGetValue(row.Type, out type))
            throw Foreign(row);
        if (type.IsSubclassOf(typeof(JournalEvent)) != JournalStream.IsKey(row.Stream))
            throw Foreign(row);
        if (StatisticsFold.Unheeded.Contains(type))
            return null;

        try
        {
            return JsonSerializer.Deserialize(row.Body, type, Contract.Options) switch
            {
                ResidentEvent happened => new Decoded.OfResident(new(ResidentId.Parse(row.Stream), row.Version, happened, Provenance(row))),
                JournalEvent entry => new Decoded.OfJournal(JournalStream.MunicipalityOf(row.Stream), entry, Provenance(row)),
                _ => throw Foreign(row),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or ArgumentNullException or InvalidOperationException)
        {
            // The cause's text may quote the body, which is personal data.
            throw new LedgerDamagedException($"What stands at sequence {row.Sequence} can't be read ({e.GetType().Name}).");
        }
    }

    private static LedgerDamagedException Foreign(EventRow row) =>
        new($"What stands at sequence {row.Sequence} does not belong into its stream.");

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

/// <summary>What the fold heeds.</summary>
internal abstract record Decoded
{
    private Decoded()
    {
    }

    public sealed record OfResident(Recorded Recorded) : Decoded;

    public sealed record OfJournal(MunicipalityCode Municipality, JournalEvent Entry, Provenance Provenance) : Decoded;
}
