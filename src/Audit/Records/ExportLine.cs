using Jpki.Audit.Merkle;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Records;

/// <summary>書き出しの行: one line of an auditor's export, which is one JSON object (NDJSON). The form is described in docs/audit-format.md.</summary>
public abstract record ExportLine
{
    /// <summary>Name and version of the form, in the header.</summary>
    public const string Form = "jpki-audit-export/1";

    private protected ExportLine()
    {
    }
}

/// <summary>First line: whose export, and of how many events.</summary>
/// <param name="Origin">Which tree: the first line of its checkpoints.</param>
/// <param name="Size">Leaves of the tree, and so events that follow.</param>
/// <param name="ExportedAt">To the microsecond.</param>
public sealed record ExportHeader(MunicipalityCode Municipality, string Origin, long Size, DateTimeOffset ExportedAt) : ExportLine;

/// <summary>An event as it stands in the ledger, with all that its leaf is made of. Octets are those of the line that was read.</summary>
/// <param name="Index">The leaf's place in the tree, from 0 without gaps.</param>
/// <param name="Sequence">The event's number in the ledger, from 1, with gaps.</param>
/// <param name="Causation">Id of the command as the ledger keeps it; empty where there is none.</param>
/// <param name="Headers">Exactly the octets of the text form of PostgreSQL's jsonb.</param>
/// <param name="Salt">The stream's; empty when <paramref name="Commitment"/> stands in its place.</param>
/// <param name="Commitment">Of an event whose body was masked: the commitment to what it was. None otherwise.</param>
/// <param name="Body">As <paramref name="Headers"/>.</param>
/// <param name="Leaf">The leaf as the ledger keeps it. Nothing rests on it; where it is not what the event adds up to, the very event is named.</param>
public sealed record ExportedEvent(
    long Index,
    long Sequence,
    string Stream,
    long Version,
    string Type,
    Guid EventId,
    DateTimeOffset RecordedAt,
    ReadOnlyMemory<byte> Causation,
    ReadOnlyMemory<byte> Headers,
    ReadOnlyMemory<byte> Salt,
    TreeHash? Commitment,
    ReadOnlyMemory<byte> Body,
    TreeHash? Leaf = null) : ExportLine
{
    /// <summary>Whether the body is no longer what was recorded; the leaf still stands for what was.</summary>
    public bool IsMasked => Commitment is not null;

    /// <summary>What the leaf is made of, computed from what is written here.</summary>
    public LeafRecord ToLeafRecord() => new(
        Sequence, Stream, Version, Type, EventId, RecordedAt,
        LeafRecord.OfProvenance(Causation.Span, Headers.Span),
        Commitment ?? LeafRecord.OfBody(Salt.Span, Body.Span));
}

/// <summary>A leaf whose event is no longer in the ledger, in the place where the event would be.</summary>
public sealed record MissingEvent(long Index, long Sequence, TreeHash Leaf) : ExportLine;

/// <summary>An event in the ledger that has no leaf though later ones do: nobody who may append put it there. In the order of sequences.</summary>
public sealed record StrayEvent(long Sequence, string Stream, long Version, string Type) : ExportLine;

/// <summary>A checkpoint with its cosignatures, right after the event that made the tree that size.</summary>
/// <param name="Note">A signed note; not verified.</param>
public sealed record ExportedCheckpoint(string Note) : ExportLine;

/// <summary>What a view says of itself: how far it came, and over what.</summary>
/// <param name="Sequence">The last event folded in.</param>
/// <param name="Rows">How many.</param>
/// <param name="Hash">Base64, over what the view folded.</param>
public sealed record ExportedView(string Name, long Sequence, long Rows, string Hash) : ExportLine
{
    /// <summary>The register of issued certificates, whose rows follow.</summary>
    public const string Certificates = "certificates";
}

/// <summary>A row of the register of issued certificates, as of the last event of the export.</summary>
/// <param name="ChangedAt">When the certificate was last revoked, put on hold or released; none where it has been good all its life.</param>
public sealed record ExportedCertificate(ResidentId Resident, RegisteredCertificate Certificate, DateTimeOffset? ChangedAt) : ExportLine;

/// <summary>Last line: without it the export was cut off.</summary>
public sealed record ExportEnd(long Events, long Checkpoints) : ExportLine;

/// <summary>A line that is none of the form.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Why">What is wrong with it, without what stands in it.</param>
public sealed record DamagedLine(long Line, LineDamage Why) : ExportLine;

/// <summary>What can be wrong with a line.</summary>
public enum LineDamage
{
    /// <summary>No JSON, or members missing, unknown, twice, or of another form than is written.</summary>
    NotOfTheForm,

    /// <summary>Longer than any line is.</summary>
    TooLong,

    /// <summary>No line feed at its end: the file ends in the middle of it.</summary>
    CutOff,

    /// <summary>The compressed file is damaged from here on.</summary>
    NotDecompressed,
}
