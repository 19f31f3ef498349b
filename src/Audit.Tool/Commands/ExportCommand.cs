using System.CommandLine;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit export</c>: fetches an export to this machine, compressed as it comes.</summary>
internal static class ExportCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var output = new Option<FileInfo>("--out") { Description = "The file to write, e.g. 13207.ndjson.gz", Required = true };
        var server = new ServerOptions();
        var command = new Command("export", "書き出し: fetches the whole record of a municipality into one file.") { output };
        server.AddTo(command);
        common.Run(command, surroundings, async (parsed, screen, cancellation) =>
        {
            using var from = server.Open(parsed);
            var file = parsed.GetValue(output)!;
            var size = await screen.WatchAsync("書き出し中", "Exporting", _ => CopyAsync(from, file, cancellation));
            if (screen.IsJson)
                screen.Object(new { File = file.FullName, Octets = size });
            else
                screen.Line($"{file.Name}: {size}オクテット", $"{file.Name}: {size} octets");
            return ExitCode.Good;
        });
        return command;
    }

    /// <summary>Under another name until it is whole, so that no half file is taken for an export.</summary>
    private static async Task<long> CopyAsync(AuditServer from, FileInfo file, CancellationToken cancellation)
    {
        var partial = file.FullName + ".part";
        await using (var export = await from.ExportAsync(cancellation))
        await using (var target = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None))
            await export.CopyToAsync(target, cancellation);
        File.Move(partial, file.FullName, overwrite: true);
        return new FileInfo(file.FullName).Length;
    }
}
