using System.Security.Cryptography;
using System.Text.Json;
using Jpki.Audit.Records;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;

namespace Jpki.Audit.Verification;

/// <summary>
/// Whether every masked body is the one that a journal's entry in the tree announces: otherwise whoever can write to the tables could mask what they
/// please and put anything in its place. In memory of one digest for each masked event.
/// </summary>
internal sealed class MaskJudge(FindingList findings)
{
    private const string Announcement = "bodies-masked.v1";
    private const string JournalStart = "journal/";

    private readonly Dictionary<(string Stream, long Version), (Place Place, string Sha256)> _masked = [];

    public void Event(ExportedEvent line)
    {
        if (line.IsMasked)
            _masked[(line.Stream, line.Version)] = (Findings.Of(line), Convert.ToHexStringLower(SHA256.HashData(line.Body.Span)));
        else if (line.Type == Announcement && line.Stream.StartsWith(JournalStart, StringComparison.Ordinal))
            Announced(line);
    }

    public void End()
    {
        foreach (var (place, _) in _masked.Values)
            findings.Add(Findings.MaskNotAnnounced(place));
    }

    private void Announced(ExportedEvent line)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<BodiesMasked>(line.Body.Span, Contract.Options)!;
            foreach (var body in entry.Bodies)
            {
                if (_masked.Remove((entry.Resident.Value, body.Version), out var masked) && masked.Sha256 != body.Sha256)
                    findings.Add(Findings.MaskedBodyDiffers(masked.Place));
            }
        }
        catch (JsonException)
        {
            findings.Add(Findings.NotReplayable(line));
        }
    }
}
