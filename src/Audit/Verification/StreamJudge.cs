using Jpki.Audit.Records;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Verification;

/// <summary>Whether the sequence ascends and each stream counts from 1 without gaps: in memory of one number for each stream.</summary>
internal sealed class StreamJudge(FindingList findings)
{
    private readonly Dictionary<string, long> _versions = [];

    public long Streams => _versions.Count;

    /// <summary>Of the last event; 0 before the first.</summary>
    public long Sequence { get; private set; }

    public void Event(ExportedEvent line, MunicipalityCode municipality)
    {
        Follows(line, line.Sequence);
        ref var version = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_versions, line.Stream, out var known);
        if (!known && !IsOf(line.Stream, municipality.Value))
            findings.Add(Findings.ForeignStream(line));
        if (line.Version != version + 1)
            findings.Add(Findings.VersionGap(line, version + 1));
        version = line.Version;
    }

    public void Missing(MissingEvent line) => Follows(line, line.Sequence);

    private void Follows(ExportLine line, long sequence)
    {
        if (sequence <= Sequence)
            findings.Add(Findings.SequenceNotAscending(line, Sequence));
        Sequence = sequence;
    }

    /// <summary>A resident's stream begins with the municipality's code, the journal's names it in its second part.</summary>
    private static bool IsOf(string stream, string municipality) =>
        stream.StartsWith($"{municipality}-", StringComparison.Ordinal) || stream.Split('/') is [_, var of, ..] && of == municipality;
}
