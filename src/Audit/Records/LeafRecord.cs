using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jpki.Audit.Merkle;

namespace Jpki.Audit.Records;

/// <summary>
/// 監査記録の葉: what a leaf of the tree says of an event. Personal data stand in it only behind <see cref="BodyCommitment"/>, so a body can
/// be masked, and its salt forgotten, while the leaf and every proof stay what they are.
/// </summary>
/// <param name="Sequence">The event's number in the ledger, from 1, with gaps.</param>
/// <param name="Stream">Key of the event's stream.</param>
/// <param name="Version">The event's place in its stream, from 1 without gaps.</param>
/// <param name="Type">Stored name, e.g. <c>certificate-issued.v1</c>.</param>
/// <param name="EventId">The event's own id.</param>
/// <param name="RecordedAt">When the ledger took it, to the microsecond, as PostgreSQL keeps it.</param>
/// <param name="ProvenanceHash">SHA-256 over who, where and why: see <see cref="OfProvenance"/>.</param>
/// <param name="BodyCommitment">SHA-256 over the stream's salt and the body: see <see cref="OfBody"/>.</param>
public sealed record LeafRecord(
    long Sequence,
    string Stream,
    long Version,
    string Type,
    Guid EventId,
    DateTimeOffset RecordedAt,
    TreeHash ProvenanceHash,
    TreeHash BodyCommitment)
{
    /// <summary>First line of every record: the form and its version.</summary>
    public const string Form = "jpki-event/1";

    /// <summary>A salt has 32 octets.</summary>
    public const int SaltSize = 32;

    /// <summary>How instants are written: UTC, microseconds.</summary>
    public const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private const int OnStack = 1024;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    /// <summary>The octets whose hash is the leaf: nine lines of UTF-8, each ended by a line feed.</summary>
    public byte[] ToOctets() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Form}\n{Sequence}\n{Stream}\n{Version}\n{Type}\n{EventId:D}\n{Instant(RecordedAt)}\n{ProvenanceHash}\n{BodyCommitment}\n"));

    /// <summary>The leaf's hash.</summary>
    public TreeHash ToLeaf() => TreeHash.OfLeaf(ToOctets());

    /// <summary>SHA-256 over the id of the command (nothing where there is none), a line feed, and the headers.</summary>
    /// <param name="headers">Exactly the octets of the text form of PostgreSQL's jsonb.</param>
    public static TreeHash OfProvenance(ReadOnlySpan<byte> causation, ReadOnlySpan<byte> headers) => Digest(causation, LineEnd, headers);

    /// <summary>SHA-256 over the salt and the body. Without the salt nobody can try out what the body might have been.</summary>
    /// <param name="salt">The stream's, <see cref="SaltSize"/> random octets.</param>
    /// <param name="body">Exactly the octets of the text form of PostgreSQL's jsonb.</param>
    public static TreeHash OfBody(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> body) => Digest(salt, body, []);

    /// <summary>An instant as records and exports write it.</summary>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>In one piece: a hash that is begun and gone on with costs more than copying what few hundred octets there are.</summary>
    private static TreeHash Digest(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        var length = first.Length + second.Length + third.Length;
        var rented = length > OnStack ? ArrayPool<byte>.Shared.Rent(length) : null;
        var input = rented is null ? stackalloc byte[OnStack] : rented;
        first.CopyTo(input);
        second.CopyTo(input[first.Length..]);
        third.CopyTo(input[(first.Length + second.Length)..]);
        Span<byte> digest = stackalloc byte[TreeHash.Size];
        SHA256.HashData(input[..length], digest);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        return new(digest);
    }
}
