using Jpki.Audit.Notes;
using Jpki.Audit.Records;

namespace Jpki.Audit.Verification;

/// <summary>What has been judged so far, line after line in their order. Not safe for concurrent use.</summary>
internal sealed class Verdict
{
    private readonly VerificationOptions _options;
    private readonly FindingList _findings;
    private readonly TreeJudge _tree;
    private readonly StreamJudge _streams;
    private readonly MaskJudge _masks;
    private readonly RegisterJudge _register;
    private ExportHeader? _header;
    private ExportEnd? _end;
    private bool _isExport = true;
    private bool _hasRegister;
    private long _line;
    private long _masked;
    private long _checkpoints;

    public Verdict(VerificationOptions options, ISignatureJudge judge)
    {
        (_options, _findings) = (options, new(options.MostFindings));
        (_tree, _streams, _masks, _register) = (new(options, judge, _findings), new(_findings), new(_findings), new(_findings));
    }

    public long Events => _tree.Size;

    public void Judge(LookedAt looked)
    {
        _line++;
        if (!_isExport)
            return;

        if (_line == 1)
            Begin(looked.Line);
        else if (looked.Line is DamagedLine damaged)
            _findings.Add(Findings.LineDamaged(damaged.Line, damaged.Why));
        else if (_end is not null || looked.Line is ExportHeader)
            _findings.Add(Findings.LineMisplaced(_line));
        else
            Take(looked);
    }

    public VerificationReport End()
    {
        if (_line == 0)
            Begin(null);
        if (_isExport)
        {
            _tree.End(_header?.ExportedAt);
            _masks.End();
            if (_options.WithRegister)
                _register.End(_hasRegister);
            Count();
        }

        return new(
            _header?.Origin ?? "", _tree.Size, _streams.Streams, _masked, _tree.Checkpoints, _tree.Agreed?.Size ?? 0, _tree.Agreed?.At, _tree.Root, _register.Equal,
            _findings.Kept, _findings.Omitted);
    }

    private void Begin(ExportLine? first)
    {
        _header = first as ExportHeader;
        _isExport = _header is not null;
        if (!_isExport)
            _findings.Add(Findings.NotAnExport());
    }

    private void Take(LookedAt looked)
    {
        switch (looked.Line)
        {
            case ExportedEvent line:
                _streams.Event(line, _header!.Municipality);
                _tree.Event(line, looked.Leaf);
                _masks.Event(line);
                _masked += line.IsMasked ? 1 : 0;
                if (_options.WithRegister)
                    _register.Event(line, looked.Event);
                break;
            case MissingEvent line:
                _streams.Missing(line);
                _tree.Missing(line);
                break;
            case StrayEvent line:
                _findings.Add(Findings.EventStray(line));
                break;
            case ExportedCheckpoint:
                _checkpoints++;
                _tree.Checkpoint(looked.Note, _line, _streams.Sequence);
                break;
            case ExportedView line:
                View(line);
                break;
            case ExportedCertificate line when _options.WithRegister:
                _register.Row(line);
                break;
            case ExportEnd line:
                _end = line;
                break;
        }
    }

    private void View(ExportedView line)
    {
        _hasRegister |= line.Name == ExportedView.Certificates;
        if (line.Sequence > _streams.Sequence)
            _findings.Add(Findings.ViewBeyondTheEnd(line, _streams.Sequence));
    }

    private void Count()
    {
        if (_end is null)
        {
            _findings.Add(Findings.CutOff());
            return;
        }

        Compare("size", _header!.Size, _tree.Size);
        Compare("events", _end.Events, _tree.Size);
        Compare("checkpoints", _end.Checkpoints, _checkpoints);
    }

    private void Compare(string what, long said, long found)
    {
        if (said != found)
            _findings.Add(Findings.CountsDiffer(what, said, found));
    }
}
