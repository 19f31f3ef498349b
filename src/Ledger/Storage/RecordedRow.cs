using System.Text.Json;
using Jpki.Audit.Replay;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>A resident's event as the database has it, read past Marten, whose envelopes cost more than what they carry.</summary>
internal sealed record RecordedRow(string Stream, long Version, string Type, string? Causation, byte[]? Headers, byte[] Body)
{
    public const string Columns = "stream_id, version, type, causation_id, headers, data";

    public static RecordedRow Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
        row.GetFieldValue<byte[]>(5));

    /// <exception cref="LedgerDamagedException">Not an event that this program knows, or without its provenance.</exception>
    public Recorded ToRecorded()
    {
        if (!StoredNames.Events.TryGetValue(Type, out var type) || !ResidentId.TryParse(Stream, null, out var resident))
            throw new LedgerDamagedException($"What stands at version {Version} of {Stream} is no event of a resident that this program knows.");

        try
        {
            var provenance = ProvenanceHeaders.Read(Headers).ToProvenance(CommandId.Parse(Causation ?? throw new FormatException()));
            return new(resident, Version, (ResidentEvent?)JsonSerializer.Deserialize(Body, type, Contract.Options) ?? throw new JsonException(), provenance);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            // The cause's text may quote the body, which is personal data.
            throw new LedgerDamagedException($"What stands at version {Version} of {Stream} can't be read ({e.GetType().Name}).");
        }
    }
}
