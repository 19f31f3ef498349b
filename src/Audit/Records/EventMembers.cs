using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Jpki.Audit.Merkle;

namespace Jpki.Audit.Records;

/// <summary>
/// Reads the members of an event's line. Each is there once and in the one form in which it is written: whatever could be written in two ways
/// is a form of its own that two verifiers might take for two things.
/// </summary>
internal ref struct EventMembers(ReadOnlyMemory<byte> line)
{
    private const int InstantLength = 27;
    private const int UuidLength = 36;

    private long? _index;
    private long? _sequence;
    private long? _version;
    private string? _stream;
    private string? _type;
    private Guid? _id;
    private DateTimeOffset? _recordedAt;
    private ReadOnlyMemory<byte>? _causation;
    private ReadOnlyMemory<byte>? _headers;
    private ReadOnlyMemory<byte>? _salt;
    private TreeHash? _commitment;
    private ReadOnlyMemory<byte>? _body;
    private TreeHash? _leaf;

    /// <summary>Reads from after the member <c>kind</c> to the end of the object.</summary>
    /// <returns>None when it is no event's line.</returns>
    /// <exception cref="JsonException">No JSON.</exception>
    public ExportedEvent? Read(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Member(ref reader))
                return null;
        }

        return _index is { } index && _sequence is { } sequence && _version is { } version && _stream is { } stream && _type is { } type
            && _id is { } id && _recordedAt is { } at && _headers is { } headers && _body is { } body && _salt.HasValue != _commitment.HasValue
            ? new(index, sequence, stream, version, type, id, at, _causation ?? default, headers, _salt ?? default, _commitment, body, _leaf)
            : null;
    }

    private bool Member(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals(ExportNames.Index.EncodedUtf8Bytes) ? Number(ref reader, ref _index)
        : reader.ValueTextEquals(ExportNames.Sequence.EncodedUtf8Bytes) ? Number(ref reader, ref _sequence)
        : reader.ValueTextEquals(ExportNames.Stream.EncodedUtf8Bytes) ? Text(ref reader, ref _stream)
        : reader.ValueTextEquals(ExportNames.Version.EncodedUtf8Bytes) ? Number(ref reader, ref _version)
        : reader.ValueTextEquals(ExportNames.Type.EncodedUtf8Bytes) ? Text(ref reader, ref _type)
        : reader.ValueTextEquals(ExportNames.Id.EncodedUtf8Bytes) ? Uuid(ref reader, ref _id)
        : reader.ValueTextEquals(ExportNames.RecordedAt.EncodedUtf8Bytes) ? Instant(ref reader, ref _recordedAt)
        : reader.ValueTextEquals(ExportNames.Causation.EncodedUtf8Bytes) ? Octets(ref reader, ref _causation)
        : reader.ValueTextEquals(ExportNames.Headers.EncodedUtf8Bytes) ? Raw(ref reader, ref _headers)
        : reader.ValueTextEquals(ExportNames.Salt.EncodedUtf8Bytes) ? Salt(ref reader, ref _salt)
        : reader.ValueTextEquals(ExportNames.Commitment.EncodedUtf8Bytes) ? Hash(ref reader, ref _commitment)
        : reader.ValueTextEquals(ExportNames.Body.EncodedUtf8Bytes) ? Raw(ref reader, ref _body)
        : reader.ValueTextEquals(ExportNames.Leaf.EncodedUtf8Bytes) && Hash(ref reader, ref _leaf);

    /// <summary>Not negative, without fraction or exponent.</summary>
    private static bool Number(ref Utf8JsonReader reader, ref long? member)
    {
        if (member is not null || !reader.Read() || reader.TokenType != JsonTokenType.Number || reader.ValueSpan[0] == '-' || !reader.TryGetInt64(out var value))
            return false;
        member = value;
        return true;
    }

    /// <summary>A line feed in it would make one record of the tree look like another.</summary>
    private static bool Text(ref Utf8JsonReader reader, ref string? member)
    {
        if (member is not null || !reader.Read() || reader.TokenType != JsonTokenType.String)
            return false;
        member = reader.GetString()!;
        return !member.Contains('\n', StringComparison.Ordinal);
    }

    private static bool Uuid(ref Utf8JsonReader reader, ref Guid? member)
    {
        if (member is not null || !IsPlainText(ref reader) || reader.ValueSpan.Length != UuidLength
            || reader.ValueSpan.IndexOfAnyInRange((byte)'A', (byte)'F') >= 0 || !Utf8Parser.TryParse(reader.ValueSpan, out Guid id, out var read, 'D') || read != UuidLength)
            return false;
        member = id;
        return true;
    }

    private static bool Instant(ref Utf8JsonReader reader, ref DateTimeOffset? member)
    {
        if (member is not null || !IsPlainText(ref reader) || reader.ValueSpan.Length != InstantLength)
            return false;

        Span<char> text = stackalloc char[InstantLength];
        if (!Encoding.ASCII.TryGetChars(reader.ValueSpan, text, out _)
            || !DateTimeOffset.TryParseExact(text, LeafRecord.InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return false;
        member = at;
        return true;
    }

    private readonly bool Octets(ref Utf8JsonReader reader, ref ReadOnlyMemory<byte>? member)
    {
        if (member is not null || !IsPlainText(ref reader))
            return false;
        // Without the quotes.
        member = line.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
        return true;
    }

    private readonly bool Raw(ref Utf8JsonReader reader, ref ReadOnlyMemory<byte>? member)
    {
        if (member is not null || !reader.Read())
            return false;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        member = line[start..(int)reader.BytesConsumed];
        return true;
    }

    private static bool Salt(ref Utf8JsonReader reader, ref ReadOnlyMemory<byte>? member)
    {
        if (member is not null || !IsPlainText(ref reader) || !reader.TryGetBytesFromBase64(out var salt) || salt.Length != LeafRecord.SaltSize)
            return false;
        member = salt;
        return true;
    }

    private static bool Hash(ref Utf8JsonReader reader, ref TreeHash? member)
    {
        if (member is not null || !IsPlainText(ref reader) || !reader.TryGetBytesFromBase64(out var hash) || hash.Length != TreeHash.Size)
            return false;
        member = new(hash);
        return true;
    }

    private static bool IsPlainText(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped;
}
