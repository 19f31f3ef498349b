using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Jpki.Audit.Merkle;

namespace Jpki.Audit.Records;

/// <summary>
/// 証明書類: one event with all that proves that it is in the tree, to be verified without the server (<c>jpki-proof/1</c>, docs/audit-format.md).
/// </summary>
/// <param name="Event">As an export writes it.</param>
/// <param name="Size">Of the tree of the checkpoint.</param>
/// <param name="Hashes">Inclusion proof of RFC 6962, from the leaf's sibling upwards.</param>
/// <param name="Checkpoint">A signed note, with cosignatures where there are any.</param>
public sealed record ProofBundle(ExportedEvent Event, long Size, IReadOnlyList<TreeHash> Hashes, string Checkpoint)
{
    /// <summary>Name and version of the form.</summary>
    public const string Form = "jpki-proof/1";

    private const int MostHashes = 64;

    /// <summary>Reads a bundle; nothing is verified.</summary>
    /// <returns>None when it is no bundle.</returns>
    public static ProofBundle? Parse(ReadOnlyMemory<byte> octets)
    {
        try
        {
            using var document = JsonDocument.Parse(octets);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes the bundle.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("format", Form);
        json.WriteStartObject("event");
        ExportWriter.WriteMembers(json, Event);
        json.WriteEndObject();
        json.WriteNumber("index", Event.Index);
        json.WriteNumber("size", Size);
        json.WriteStartArray("hashes");
        foreach (var hash in Hashes)
            json.WriteBase64StringValue(hash.Span);
        json.WriteEndArray();
        json.WriteString("checkpoint", Checkpoint);
        json.WriteEndObject();
    }

    private static ProofBundle? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.GetString() != Form
            || !root.TryGetProperty("event", out var line) || !root.TryGetProperty("index", out var index) || !root.TryGetProperty("size", out var size)
            || !root.TryGetProperty("hashes", out var hashes) || hashes.GetArrayLength() > MostHashes || !root.TryGetProperty("checkpoint", out var note))
            return null;

        var read = ExportParser.Parse(Encoding.UTF8.GetBytes(line.GetRawText())) as ExportedEvent;
        var path = new List<TreeHash>();
        foreach (var each in hashes.EnumerateArray())
        {
            if (!TreeHash.TryFromBase64(each.GetString() ?? "", out var hash))
                return null;
            path.Add(hash);
        }

        return read is not null && read.Index == index.GetInt64() && note.GetString() is { } text ? new(read, size.GetInt64(), path, text) : null;
    }
}
