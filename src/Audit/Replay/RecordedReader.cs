using System.Text;
using System.Text.Json;
using Jpki.Audit.Records;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;

namespace Jpki.Audit.Replay;

/// <summary>From an event as exported to what the domain knows of it: the one JSON contract reads the body, as it did when it was stored.</summary>
public static class RecordedReader
{
    /// <summary>Whether the stream is a resident's, and so its events can be replayed.</summary>
    public static bool IsOfResident(ExportedEvent line) => ResidentId.TryParse(line.Stream, null, out _);

    /// <summary>The event with its provenance.</summary>
    /// <returns>None for a stream that is no resident's, a type that this program does not know, and a body or provenance that can't be read.</returns>
    public static Recorded? Read(ExportedEvent line)
    {
        if (!ResidentId.TryParse(line.Stream, null, out var resident) || !StoredNames.Events.TryGetValue(line.Type, out var type)
            || !CommandId.TryParse(Encoding.UTF8.GetString(line.Causation.Span), null, out var command))
            return null;

        try
        {
            var headers = ProvenanceHeaders.Read(line.Headers.Span);
            return JsonSerializer.Deserialize(line.Body.Span, type, Contract.Options) is ResidentEvent happened
                ? new(resident, line.Version, happened, headers.ToProvenance(command))
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
