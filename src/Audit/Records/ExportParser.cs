using System.Text.Json;
using Jpki.Audit.Merkle;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;

namespace Jpki.Audit.Records;

/// <summary>From the octets of a line to what it says.</summary>
public static class ExportParser
{
    /// <summary>Reads a line. What is returned of an event refers to the octets, which must stay as they are.</summary>
    /// <param name="line">Without its line feed.</param>
    /// <returns>None when it is no line of an export.</returns>
    public static ExportLine? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject
                || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(ExportNames.Kind.EncodedUtf8Bytes)
                || !reader.Read() || reader.TokenType != JsonTokenType.String)
                return null;
            return reader.ValueTextEquals(ExportNames.Event.EncodedUtf8Bytes) ? Event(line, ref reader) : Other(reader.GetString()!, line.Span);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text that is no UTF-8.
            return null;
        }
    }

    private static ExportedEvent? Event(ReadOnlyMemory<byte> line, ref Utf8JsonReader reader)
    {
        var read = new EventMembers(line).Read(ref reader);
        return read is not null && reader.TokenType == JsonTokenType.EndObject && !reader.Read() ? read : null;
    }

    private static ExportLine? Other(string kind, ReadOnlySpan<byte> line) =>
        kind == ExportNames.Header.Value ? Read<HeaderForm>(line).ToLine()
        : kind == ExportNames.Checkpoint.Value ? new ExportedCheckpoint(Read<CheckpointForm>(line).Note)
        : kind == ExportNames.Missing.Value ? Read<MissingForm>(line).ToLine()
        : kind == ExportNames.Stray.Value ? Read<StrayForm>(line).ToLine()
        : kind == ExportNames.View.Value ? Read<ViewForm>(line).ToLine()
        : kind == ExportNames.Certificate.Value ? Read<CertificateForm>(line).ToLine()
        : kind == ExportNames.End.Value ? Read<EndForm>(line).ToLine()
        : null;

    private static T Read<T>(ReadOnlySpan<byte> line) => JsonSerializer.Deserialize<T>(line, Contract.Options)!;

    private sealed record HeaderForm(string Kind, string Format, MunicipalityCode Municipality, string Origin, long Size, DateTimeOffset ExportedAt)
    {
        public ExportHeader? ToLine() => Format == ExportLine.Form && Size >= 0 ? new(Municipality, Origin, Size, ExportedAt) : null;
    }

    private sealed record CheckpointForm(string Kind, string Note);

    private sealed record MissingForm(string Kind, long Index, long Sequence, string Leaf)
    {
        public MissingEvent? ToLine() => TreeHash.TryFromBase64(Leaf, out var leaf) ? new(Index, Sequence, leaf) : null;
    }

    private sealed record StrayForm(string Kind, long Sequence, string Stream, long Version, string Type)
    {
        public StrayEvent ToLine() => new(Sequence, Stream, Version, Type);
    }

    private sealed record ViewForm(string Kind, string Name, long Sequence, long Rows, string Hash)
    {
        public ExportedView ToLine() => new(Name, Sequence, Rows, Hash);
    }

    private sealed record EndForm(string Kind, long Events, long Checkpoints)
    {
        public ExportEnd ToLine() => new(Events, Checkpoints);
    }

    private sealed record CertificateForm(
        string Kind,
        SerialNumber Serial,
        ResidentId Resident,
        CertificateKind Type,
        string Authority,
        MunicipalityCode Municipality,
        DateTimeOffset NotAfter,
        string Status,
        int? Reason = null,
        DateTimeOffset? ChangedAt = null)
    {
        public ExportedCertificate? ToLine() =>
            StatusOf() is { } status ? new(Resident, new(Serial, Type, Authority, Municipality, NotAfter, status), ChangedAt) : null;

        private RevocationStatus? StatusOf() => (Status, Reason, ChangedAt) switch
        {
            (ExportNames.Good, null, _) => RevocationStatus.Good.Instance,
            (ExportNames.OnHold, null, { } since) => new RevocationStatus.OnHold(since),
            (ExportNames.Revoked, { } why, { } at) when Enum.IsDefined((RevocationReason)why) => new RevocationStatus.Revoked((RevocationReason)why, at),
            _ => null,
        };
    }
}
