using System.CommandLine;
using Jpki.Audit.Notes;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Audit.Verification;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit verify</c>: a whole export, or a live system, against nothing but the public key.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var what = new Argument<string>("export") { Description = "A file (compressed or not), or the URL of a back office's API" };
        var longestWait = new Option<int?>("--longest-wait") { Description = "Seconds that events may wait for a checkpoint; a longer wait is told" };
        var noRegister = new Option<bool>("--no-register") { Description = "Don't replay and compare the register: less memory" };
        var (keys, server) = (new KeyOptions(), new ServerOptions());
        var command = new Command("verify", "検証: every event's inclusion, gaps, order, checkpoints, cosignatures, and the register against a replay.") { what, longestWait, noRegister };
        keys.AddTo(command);
        server.AddTo(command);
        common.Run(command, surroundings, async (parsed, screen, cancellation) =>
        {
            var options = keys.Read(parsed) with
            {
                WithRegister = !parsed.GetValue(noRegister),
                LongestWait = parsed.GetValue(longestWait) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            };
            var given = parsed.GetValue(what)!;
            var live = Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
            var report = live
                ? await LiveAsync(server.Open(parsed, url), options, screen, cancellation)
                : await FileAsync(given, options, screen, cancellation);
            return Show(screen, report);
        });
        return command;
    }

    private static async Task<VerificationReport> FileAsync(string path, VerificationOptions options, Screen screen, CancellationToken cancellation)
    {
        await using var export = Files.Open(path);
        return await VerifyAsync(export, options, screen, cancellation);
    }

    /// <summary>What the public side hands out now, before the export is asked for, must be in the export.</summary>
    private static async Task<VerificationReport> LiveAsync(AuditServer server, VerificationOptions options, Screen screen, CancellationToken cancellation)
    {
        using (server)
        {
            var handedOut = SignedNote.TryParse(await server.CheckpointAsync(cancellation), out var note)
                ? note
                : throw new UnreachableSourceException("公表されたチェックポイントを読むことができません。", "The public side hands out no checkpoint.");
            await using var export = await server.ExportAsync(cancellation);
            return await VerifyAsync(export, options with { Known = [.. options.Known, handedOut] }, screen, cancellation);
        }
    }

    private static Task<VerificationReport> VerifyAsync(Stream export, VerificationOptions options, Screen screen, CancellationToken cancellation) =>
        screen.WatchAsync("検証中", "Verifying", progress => new ExportVerifier(options, Ed25519Judge.Instance).VerifyAsync(export, progress, cancellation));

    private static int Show(Screen screen, VerificationReport report)
    {
        if (screen.IsJson)
        {
            screen.Object(report);
            return report.IsGood ? ExitCode.Good : ExitCode.Findings;
        }

        FindingText.Show(screen, report.Findings);
        if (report.Omitted > 0)
            screen.Line($"ほか{report.Omitted}件", $"and {report.Omitted} more");
        screen.Line(
            $"{report.Origin}: 出来事{report.Events}件（うち秘匿{report.Masked}件）、系列{report.Streams}本、チェックポイント{report.Checkpoints}件、登録簿{report.Certificates}行",
            $"{report.Origin}: {report.Events} events ({report.Masked} masked) in {report.Streams} streams, {report.Checkpoints} checkpoints, {report.Certificates} rows of the register");
        screen.Line(
            $"証明済み: 葉{report.ProvenSize}枚まで（{Instant(report.ProvenAt)}）、根 {report.Root}",
            $"Proven up to size {report.ProvenSize} ({Instant(report.ProvenAt)}), root {report.Root}");
        screen.Line(report.IsGood ? "この記録は自らを証明しています。" : "この記録には不備があります。", report.IsGood ? "The record proves itself." : "The record does not prove itself.");
        return report.IsGood ? ExitCode.Good : ExitCode.Findings;
    }

    private static string Instant(DateTimeOffset? at) => at is { } known ? Records.LeafRecord.Instant(known) : "–";
}
