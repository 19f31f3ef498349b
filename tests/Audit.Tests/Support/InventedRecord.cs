using System.Security.Cryptography;
using System.Text;
using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;
using Jpki.Domain;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tests.Support;

/// <summary>A whole export of an invented town: events, checkpoints signed on the way and cosigned by a witness, the register, and whatever a test does to it.</summary>
internal sealed class InventedRecord
{
    public const int Pace = 100;

    public static readonly Ed25519NoteSigner Signer = Ed25519NoteSigner.Generate("jpki.example/13207", NoteKeyKind.Ed25519);
    public static readonly Ed25519NoteSigner Witness = Ed25519NoteSigner.Generate("witness.example", NoteKeyKind.Cosignature);

    private InventedRecord(IReadOnlyList<ExportLine> lines) => Lines = [.. lines];

    /// <summary>Header, events with checkpoints between them, register, end.</summary>
    public List<ExportLine> Lines { get; }

    public int Events => Lines.Count(each => each is ExportedEvent);

    /// <summary>Place in <see cref="Lines"/> of the event of an index.</summary>
    public int this[long index] => Lines.FindIndex(each => each is ExportedEvent x && x.Index == index);

    public static InventedRecord Of(int residents) => Of([.. InventedTown.Events(residents)]);

    public static InventedRecord Of(IReadOnlyList<Recorded> events) => Of(events, [.. events.Select((each, index) => InventedTown.Line(index, each))]);

    /// <summary>One of the events masked, and a journal that says so at the end.</summary>
    public static InventedRecord WithMasked(int residents, long index, Func<string, string> mask)
    {
        Recorded[] events = [.. InventedTown.Events(residents)];
        ExportedEvent[] lines = [.. events.Select((each, place) => InventedTown.Line(place, each))];
        var masked = GivenExport.Masked(lines[index], mask(Encoding.UTF8.GetString(lines[index].Body.Span)));
        var digest = Convert.ToHexStringLower(SHA256.HashData(masked.Body.Span));
        var announcement = GivenExport.Event(
            lines.Length, "journal/13207/-/2026-04-01/k3v9x2qa",
            body: $$"""{"bodies": [{"sha256": "{{digest}}", "version": {{masked.Version}}}], "resident": "{{masked.Stream}}"}""") with
        {
            Sequence = lines[^1].Sequence + 1,
            RecordedAt = lines[^1].RecordedAt.AddMinutes(1),
            Type = "bodies-masked.v1",
        };
        var record = Of(events, [.. lines, announcement]);
        record.Change(index, _ => masked);
        return record;
    }

    private static InventedRecord Of(IReadOnlyList<Recorded> events, IReadOnlyList<ExportedEvent> all)
    {
        var lines = new List<ExportLine> { GivenExport.Header(all.Count) };
        lines.AddRange(Proven(all));
        var register = InventedTown.Register(events);
        lines.Add(new ExportedView(ExportedView.Certificates, all[^1].Sequence, register.Count, ""));
        lines.AddRange(register);
        lines.Add(new ExportEnd(all.Count, lines.Count(each => each is ExportedCheckpoint)));
        return new(lines);
    }

    /// <summary>Events with a checkpoint after each so many and at the end.</summary>
    public static IEnumerable<ExportLine> Proven(IReadOnlyList<ExportedEvent> events)
    {
        var tree = new TreeFrontier();
        foreach (var line in events)
        {
            tree.Add(GivenExport.Leaf(line));
            yield return line;
            if (tree.Size % Pace == 0 || tree.Size == events.Count)
                yield return Checkpoint(tree.Size, tree.Root, line.Sequence, line.RecordedAt.AddSeconds(1));
        }
    }

    public static ExportedCheckpoint Checkpoint(long size, TreeHash root, long sequence, DateTimeOffset at)
    {
        var note = SignedNote.Sign(new Checkpoint(Signer.Key.Name, size, root, sequence, at).ToText(), Signer);
        return new(note.With(Cosignature.Sign(note, Witness, at.AddSeconds(2))).ToString());
    }

    /// <summary>Replaces an event.</summary>
    public void Change(long index, Func<ExportedEvent, ExportLine> change)
    {
        var place = this[index];
        Lines[place] = change((ExportedEvent)Lines[place]);
    }

    public byte[] ToOctets() => GivenExport.Written(writer =>
    {
        foreach (var line in Lines)
        {
            switch (line)
            {
                case ExportHeader x: writer.Write(x); break;
                case ExportedEvent x: writer.Write(x); break;
                case MissingEvent x: writer.Write(x); break;
                case StrayEvent x: writer.Write(x); break;
                case ExportedCheckpoint x: writer.Write(x); break;
                case ExportedView x: writer.Write(x); break;
                case ExportedCertificate x: writer.Write(x); break;
                case ExportEnd: writer.WriteEnd(); break;
                default: throw new InvalidOperationException();
            }
        }
    });
}
