using System.IO.Pipelines;
using Jpki.Domain;

namespace Jpki.Silo.Registry;

/// <summary>ファイル連携: the folders of the file drop, all on one file system.</summary>
/// <param name="Inbox">Files are renamed into it when they are whole; what ends in <c>.ndjson</c> is taken.</param>
/// <param name="Reports">One report for each file.</param>
/// <param name="Done">Files that were taken. They hold personal data; how long they stay is the operator's decision.</param>
public sealed record DropFolders(string Inbox, string Reports, string Done)
{
    /// <param name="inbox">The others lie beside it.</param>
    public static DropFolders Beside(string inbox) =>
        new(inbox, Path.GetFullPath(Path.Combine(inbox, "..", "reports")), Path.GetFullPath(Path.Combine(inbox, "..", "done")));

    /// <summary>Makes those there are not, for their owner only: the files hold personal data.</summary>
    public void Create()
    {
        foreach (var folder in new[] { Inbox, Reports, Done })
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}

/// <summary>
/// Takes the files of the drop, in the order of their names. A file moves to <c>done</c> only after its report is written, and only when every
/// line has a definite answer; until then it is taken again, after a crash too, and what was done is answered as done before.
/// </summary>
/// <param name="by">The registry, with an office of its municipality.</param>
public sealed partial class RegistryInbox(RegistryFeed feed, DropFolders folders, Actor by, ILogger<RegistryInbox> logger)
{
    private const string Suffix = ".ndjson";

    /// <summary>Takes every file there is now. What can't be taken is logged and left for the next time.</summary>
    public async Task TakeAllAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Waiting())
        {
            try
            {
                await TakeAsync(file, cancellationToken);
            }
#pragma warning disable CA1031 // One file, whatever is wrong with it, must stop neither the next one nor the silo that the counters need.
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogNotTaken(Path.GetFileName(file), exception.GetType().Name);
            }
        }
    }

    private string[] Waiting()
    {
        try
        {
            return [.. Directory.EnumerateFiles(folders.Inbox, $"*{Suffix}").Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotTaken(folders.Inbox, exception.GetType().Name);
            return [];
        }
    }

    private async Task TakeAsync(string file, CancellationToken cancellationToken)
    {
        var report = Path.Combine(folders.Reports, $"{Path.GetFileNameWithoutExtension(file)}.report{Suffix}");
        var draft = $"{report}.part";
        var summary = await ReportAsync(file, draft, cancellationToken);
        if (summary.Unknown > 0)
        {
            LogToBeTakenAgain(Path.GetFileName(file), summary.Unknown);
            return;
        }

        File.Move(draft, report, overwrite: true);
        File.Move(file, Path.Combine(folders.Done, Path.GetFileName(file)), overwrite: true);
        LogTaken(Path.GetFileName(file), summary.Accepted, summary.DoneBefore, summary.Rejected);
    }

    private async Task<FeedSummary> ReportAsync(string file, string draft, CancellationToken cancellationToken)
    {
        await using var input = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
        await using var output = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None);
        var summary = await feed.TakeAsync(
            PipeReader.Create(input), by, report => output.WriteAsync(FeedJson.Line(report), CancellationToken.None), cancellationToken);
        await output.WriteAsync(FeedJson.Line(new FeedEnd(summary)), cancellationToken);
        // A report that a power cut could empty must not outlive the file it answers.
        output.Flush(flushToDisk: true);
        return summary;
    }

    [LoggerMessage(LogLevel.Information, "{File}: {Accepted} accepted, {DoneBefore} done before, {Rejected} rejected")]
    private partial void LogTaken(string file, long accepted, long doneBefore, long rejected);

    [LoggerMessage(LogLevel.Warning, "{File}: the outcome of {Unknown} lines is unknown; it will be taken again")]
    private partial void LogToBeTakenAgain(string file, long unknown);

    [LoggerMessage(LogLevel.Warning, "{File}: not taken ({Failure}); it will be tried again")]
    private partial void LogNotTaken(string file, string failure);
}
