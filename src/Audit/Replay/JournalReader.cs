using System.Text.Json;
using System.Text.Json.Serialization;
using Jpki.Audit.Records;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;

namespace Jpki.Audit.Replay;

/// <summary>業務日誌の一行: a refused attempt or a reading, from an office's journal. It changes nobody's state.</summary>
/// <param name="Resident">None where it was about nobody, or several.</param>
/// <param name="Code">Of the refusal; none for a reading.</param>
public sealed record JournalLine(
    long Version, DateTimeOffset At, string Type, string Command, Actor By, string RuleSet, ResidentId? Resident, string? Code)
{
    public const string Refused = "attempt-refused.v1";
    public const string Read = "record-read.v1";

    /// <summary>As a line among what somebody did.</summary>
    public Act ToAct() => new(
        Resident, Version, At, Type, Code is null ? "閲覧" : $"不受理 {Code}", Command, By.Subject, By.Role, By.Office, RuleSet)
    { Code = Code };
}

/// <summary>From an event of a journal's stream to what it says.</summary>
public static class JournalReader
{
    private const string StreamStart = "journal/";

    /// <summary>None for what is in no journal, or can't be read.</summary>
    public static JournalLine? Read(ExportedEvent line)
    {
        if (!line.Stream.StartsWith(StreamStart, StringComparison.Ordinal))
            return null;

        try
        {
            var headers = ProvenanceHeaders.Read(line.Headers.Span);
            var body = JsonSerializer.Deserialize<BodyForm>(line.Body.Span, Contract.Options)!;
            return new(line.Version, headers.At, line.Type, headers.Command, new(headers.Subject, headers.Role, headers.Office), headers.RuleSet, body.Resident, body.Code);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Members that only some entries have; others are passed over.</summary>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
    private sealed record BodyForm(string? Code = null, ResidentId? Resident = null);
}
