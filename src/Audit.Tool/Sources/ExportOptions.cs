using System.CommandLine;
using System.Runtime.CompilerServices;
using Jpki.Audit.Records;
using Jpki.Audit.Replay;
using Jpki.Audit.Tool.Console;
using Jpki.Domain;

namespace Jpki.Audit.Tool.Sources;

/// <summary>Options that say which export is read: a file, or what a live system sends.</summary>
internal sealed class ExportOptions
{
    private readonly ServerOptions _server = new();

    public Option<FileInfo?> File { get; } = new("--file") { Description = "An export, compressed or not; otherwise --server" };

    public void AddTo(Command command)
    {
        command.Add(File);
        _server.AddTo(command);
    }

    /// <summary>Every line of the export in its order.</summary>
    /// <exception cref="UsageException">Neither file nor server.</exception>
    /// <exception cref="UnreachableSourceException">It can't be read, or is no export.</exception>
    public async IAsyncEnumerable<ExportLine> LinesAsync(ParseResult parsed, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (parsed.GetValue(File) is { } file)
        {
            await using var stream = Files.Open(file.FullName);
            await foreach (var line in CheckedAsync(stream, cancellation))
                yield return line;
            yield break;
        }

        using var server = _server.Open(parsed);
        await using var export = await server.ExportAsync(cancellation);
        await foreach (var line in CheckedAsync(export, cancellation))
            yield return line;
    }

    /// <summary>What was done within a scope up to a point, in the order of the ledger: events, refused attempts and readings.</summary>
    public async IAsyncEnumerable<Act> ActsAsync(
        ParseResult parsed, ReplayScope scope, ReplayPoint point, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var happened in LinesAsync(parsed, cancellation).OfType<ExportedEvent>())
        {
            if (RecordedReader.Read(happened) is { } recorded)
            {
                if (scope.Has(recorded) && point.Reaches(recorded))
                    yield return Act.Of(recorded);
            }
            else if (JournalReader.Read(happened) is { } entry && scope.Has(entry) && !(entry.At > point.At))
            {
                yield return entry.ToAct();
            }
        }
    }

    /// <summary>Every event of a resident in the order of the ledger; says what was passed over.</summary>
    public async IAsyncEnumerable<Recorded> RecordedAsync(ParseResult parsed, Screen screen, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var unreadable = 0L;
        await foreach (var line in LinesAsync(parsed, cancellation))
        {
            if (line is not ExportedEvent happened || !RecordedReader.IsOfResident(happened))
                continue;
            if (RecordedReader.Read(happened) is { } recorded)
                yield return recorded;
            else
                unreadable++;
        }

        if (unreadable > 0)
            screen.Fail($"{unreadable}件の出来事は読むことができず、飛ばしました。", $"{unreadable} events can't be read and were passed over.", ExitCode.Findings);
    }

    private static async IAsyncEnumerable<ExportLine> CheckedAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var first = true;
        await foreach (var line in ExportReader.ReadAsync(stream, cancellation))
        {
            if (line is DamagedLine || first != line is ExportHeader)
                throw new UnreachableSourceException(
                    "監査用の書き出しとして読むことができません。先に jpki audit verify で検証してください。",
                    "This can't be read as an export for auditors. Verify it first: jpki audit verify.");
            first = false;
            yield return line;
        }

        if (first)
            throw new UnreachableSourceException("書き出しが空です。", "The export is empty.");
    }
}
