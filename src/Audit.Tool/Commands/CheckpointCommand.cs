using System.CommandLine;
using Jpki.Audit.Notes;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit checkpoint</c>: the newest checkpoint of a live system, judged, to be kept and given to <c>--known</c> another day.</summary>
internal static class CheckpointCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var (keys, server) = (new KeyOptions(), new ServerOptions());
        var output = new Option<FileInfo?>("--out") { Description = "Where to keep it; otherwise it is printed" };
        var command = new Command("checkpoint", "チェックポイント: fetches the newest, checks its signatures, prints or keeps it.") { output };
        keys.AddTo(command);
        server.AddTo(command);
        common.Run(command, surroundings, async (parsed, screen, cancellation) =>
        {
            var options = keys.Read(parsed);
            using var from = server.Open(parsed);
            var text = await from.CheckpointAsync(cancellation);
            if (!SignedNote.TryParse(text, out var note) || !note.IsSignedBy(options.Key, Ed25519Judge.Instance) || !Checkpoint.TryParse(note.Text, out var checkpoint)
                || checkpoint.Origin != options.Key.Name)
                return screen.Fail("チェックポイントに正しい署名がありません。", "The checkpoint has no good signature.", ExitCode.Findings);
            var missing = options.Witnesses.Where(witness => Cosignature.SignedAt(note, witness, Ed25519Judge.Instance) is null).Select(each => each.Name).ToList();
            if (missing.Count > 0)
                return screen.Fail($"副署がありません: {string.Join(", ", missing)}", $"Not cosigned by {string.Join(", ", missing)}.", ExitCode.Findings);

            if (parsed.GetValue(output) is { } file)
                Files.Replace(file.FullName, text);
            if (screen.IsJson)
                screen.Object(new { checkpoint.Origin, checkpoint.Size, Root = checkpoint.Root.ToBase64(), checkpoint.Sequence, checkpoint.At });
            else if (parsed.GetValue(output) is null)
                screen.Raw(text);
            return ExitCode.Good;
        });
        return command;
    }
}
