using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jpki.Domain;

namespace Jpki.Audit.Records;

/// <summary>Writes an export's lines, in the order in which they are written. The caller flushes the buffer. Not safe for concurrent use.</summary>
public sealed class ExportWriter(IBufferWriter<byte> output) : IDisposable
{
    // SkipValidation: headers and bodies come from the database as JSON, and their octets must not be touched.
    private readonly Utf8JsonWriter _json = new(
        output, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Leaves written so far: events, and those that are missing.</summary>
    public long Events { get; private set; }

    /// <summary>Checkpoints written so far.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>Once, first.</summary>
    public void Write(ExportHeader header)
    {
        Begin(ExportNames.Header);
        _json.WriteString(ExportNames.Format, ExportLine.Form);
        _json.WriteString(ExportNames.Municipality, header.Municipality.Value);
        _json.WriteString(ExportNames.Origin, header.Origin);
        _json.WriteNumber(ExportNames.Size, header.Size);
        _json.WriteString(ExportNames.ExportedAt, LeafRecord.Instant(header.ExportedAt));
        End();
    }

    /// <summary>The next event, by index.</summary>
    public void Write(ExportedEvent line)
    {
        _json.WriteStartObject();
        WriteMembers(_json, line);
        End();
        Events++;
    }

    /// <summary>In the place of an event whose leaf is there and which itself is not.</summary>
    public void Write(MissingEvent line)
    {
        Begin(ExportNames.Missing);
        _json.WriteNumber(ExportNames.Index, line.Index);
        _json.WriteNumber(ExportNames.Sequence, line.Sequence);
        _json.WriteBase64String(ExportNames.Leaf, line.Leaf.Span);
        End();
        Events++;
    }

    /// <summary>Where its sequence belongs.</summary>
    public void Write(StrayEvent line)
    {
        Begin(ExportNames.Stray);
        _json.WriteNumber(ExportNames.Sequence, line.Sequence);
        _json.WriteString(ExportNames.Stream, line.Stream);
        _json.WriteNumber(ExportNames.Version, line.Version);
        _json.WriteString(ExportNames.Type, line.Type);
        End();
    }

    /// <summary>After the event that made the tree that size.</summary>
    public void Write(ExportedCheckpoint line)
    {
        Begin(ExportNames.Checkpoint);
        _json.WriteString(ExportNames.Note, line.Note);
        End();
        Checkpoints++;
    }

    /// <summary>After all events.</summary>
    public void Write(ExportedView line)
    {
        Begin(ExportNames.View);
        _json.WriteString(ExportNames.Name, line.Name);
        _json.WriteNumber(ExportNames.Sequence, line.Sequence);
        _json.WriteNumber(ExportNames.Rows, line.Rows);
        _json.WriteString(ExportNames.Hash, line.Hash);
        End();
    }

    /// <summary>After all events.</summary>
    public void Write(ExportedCertificate line)
    {
        var certificate = line.Certificate;
        Begin(ExportNames.Certificate);
        _json.WriteString(ExportNames.Serial, certificate.Serial.ToString());
        _json.WriteString(ExportNames.Resident, line.Resident.Value);
        _json.WriteString(ExportNames.Type, ExportNames.Of(certificate.Kind));
        _json.WriteString(ExportNames.Authority, certificate.AuthorityKeyId);
        _json.WriteString(ExportNames.Municipality, certificate.Municipality.Value);
        _json.WriteString(ExportNames.NotAfter, LeafRecord.Instant(certificate.NotAfter));
        _json.WriteString(ExportNames.Status, ExportNames.Of(certificate.Status));
        if (certificate.Status is RevocationStatus.Revoked revoked)
            _json.WriteNumber(ExportNames.Reason, (int)revoked.Reason);
        if (line.ChangedAt is { } at)
            _json.WriteString(ExportNames.ChangedAt, LeafRecord.Instant(at));
        End();
    }

    /// <summary>Once, last: with the numbers of what was written.</summary>
    public void WriteEnd()
    {
        Begin(ExportNames.End);
        _json.WriteNumber(ExportNames.Events, Events);
        _json.WriteNumber(ExportNames.Checkpoints, Checkpoints);
        End();
    }

    public void Dispose() => _json.Dispose();

    /// <summary>The members of an event's line, into an object that is open. Proof bundles have the same object in them.</summary>
    public static void WriteMembers(Utf8JsonWriter json, ExportedEvent line)
    {
        json.WriteString(ExportNames.Kind, ExportNames.Event);
        json.WriteNumber(ExportNames.Index, line.Index);
        json.WriteNumber(ExportNames.Sequence, line.Sequence);
        json.WriteString(ExportNames.Stream, line.Stream);
        json.WriteNumber(ExportNames.Version, line.Version);
        json.WriteString(ExportNames.Type, line.Type);
        json.WriteString(ExportNames.Id, line.EventId);
        json.WriteString(ExportNames.RecordedAt, LeafRecord.Instant(line.RecordedAt));
        if (!line.Causation.IsEmpty)
            json.WriteString(ExportNames.Causation, line.Causation.Span);
        json.WritePropertyName(ExportNames.Headers);
        json.WriteRawValue(line.Headers.Span, skipInputValidation: true);
        if (line.Commitment is { } commitment)
            json.WriteBase64String(ExportNames.Commitment, commitment.Span);
        else
            json.WriteBase64String(ExportNames.Salt, line.Salt.Span);
        json.WritePropertyName(ExportNames.Body);
        json.WriteRawValue(line.Body.Span, skipInputValidation: true);
        if (line.Leaf is { } leaf)
            json.WriteBase64String(ExportNames.Leaf, leaf.Span);
    }

    private void Begin(JsonEncodedText kind)
    {
        _json.WriteStartObject();
        _json.WriteString(ExportNames.Kind, kind);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        output.Write("\n"u8);
    }
}
