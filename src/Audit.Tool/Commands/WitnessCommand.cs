using System.CommandLine;
using Jpki.Audit.Notes;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Audit.Tool.Witnessing;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit witness</c>: cosigns a log's checkpoints from another machine, under another key.</summary>
internal static class WitnessCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var key = new Option<string>("--key") { Description = "The log's public key, text or file", Required = true };
        var keyFile = new Option<FileInfo>("--key-file") { Description = "The witness's private key, made by witness-key", Required = true };
        var stateFile = new Option<FileInfo>("--state") { Description = "What the witness remembers; it must outlive the machine", Required = true };
        var once = new Option<bool>("--once") { Description = "Look once and end" };
        var every = new Option<int>("--every") { Description = "Seconds between looks", DefaultValueFactory = _ => 60 };
        var server = new ServerOptions();
        var command = new Command("witness", "証人: cosigns checkpoints that are proven to continue those cosigned before.") { key, keyFile, stateFile, once, every };
        server.AddTo(command);
        common.Run(command, surroundings, async (parsed, screen, cancellation) =>
        {
            var log = KeyOptions.KeyOf(parsed.GetValue(key)!, NoteKeyKind.Ed25519);
            var signer = SignerOf(parsed.GetValue(keyFile)!);
            using var from = server.Open(parsed);
            using var state = WitnessState.Open(parsed.GetValue(stateFile)!, log.Name, signer.Key, Ed25519Judge.Instance);
            var witness = new Witness(from, log, signer, state, screen.Time);
            return parsed.GetValue(once)
                ? Show(screen, await witness.LookAsync(cancellation))
                : await WatchAsync(witness, TimeSpan.FromSeconds(int.Max(1, parsed.GetValue(every))), screen, cancellation);
        });
        return command;
    }

    /// <summary>Until it is told to end, or the log shows what can't be cosigned: then it stops, for somebody has to look.</summary>
    private static async Task<int> WatchAsync(Witness witness, TimeSpan pause, Screen screen, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(pause, screen.Time);
        try
        {
            do
            {
                try
                {
                    if (Show(screen, await witness.LookAsync(cancellation)) is var code and not ExitCode.Good)
                        return code;
                }
                catch (UnreachableSourceException e)
                {
                    screen.Fail(e.Japanese, e.Message, ExitCode.Unreachable);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to end.
        }

        return ExitCode.Good;
    }

    private static int Show(Screen screen, WitnessLook look)
    {
        if (screen.IsJson)
            screen.Object(look);
        else if (look.Finding is { } finding)
            FindingText.Show(screen, [finding]);
        else
            screen.Line($"葉{look.Size}枚のチェックポイントに副署しました。", $"Cosigned the checkpoint of size {look.Size}.");
        return look.Finding is null ? ExitCode.Good : ExitCode.Findings;
    }

    private static Ed25519NoteSigner SignerOf(FileInfo file)
    {
        try
        {
            var signer = Ed25519NoteSigner.Parse(Files.Text(file));
            return signer.Key.Kind == NoteKeyKind.Cosignature
                ? signer
                : throw new UsageException($"{file} は証人の鍵ではありません。", $"{file} is no witness's key.");
        }
        catch (FormatException)
        {
            throw new UsageException($"{file} は証人の鍵ではありません。", $"{file} is no witness's key.");
        }
    }
}
