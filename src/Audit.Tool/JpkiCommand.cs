using System.CommandLine;
using Jpki.Audit.Tool.Commands;
using Jpki.Audit.Tool.Console;

namespace Jpki.Audit.Tool;

/// <summary>The whole command line.</summary>
internal static class JpkiCommand
{
    private const string About = """
        Verifies, replays and questions the record of a municipality's certificates. An export and the public key are all it needs.

        Exit codes: 0 good, 1 findings, 2 wrong usage, 3 a file or a server is not to be had.
        """;

    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Surroundings surroundings, CancellationToken cancellation)
    {
        var common = new CommonOptions();
        var root = new RootCommand(About) { Audit(common, surroundings) };
        root.Add(common.Language);
        root.Add(common.Json);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await surroundings.Error.WriteLineAsync(error.Message);
            await surroundings.Error.WriteLineAsync("jpki --help");
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(
            new() { Output = surroundings.Output, Error = surroundings.Error, EnableDefaultExceptionHandler = false }, cancellation);
    }

    private static Command Audit(CommonOptions common, Surroundings surroundings)
    {
        var audit = new Command("audit", "監査: verify, export, replay, compare, prove, ask what if, witness.");
        Command[] commands =
        [
            VerifyCommand.Create(common, surroundings),
            ExportCommand.Create(common, surroundings),
            ReplayCommand.Create(common, surroundings),
            DiffCommand.Create(common, surroundings),
            ProofCommand.Create(common, surroundings),
            WhatIfCommand.Create(common, surroundings),
            CheckpointCommand.Create(common, surroundings),
            WitnessKeyCommand.Create(common, surroundings),
            WitnessCommand.Create(common, surroundings),
        ];
        foreach (var command in commands)
            audit.Add(command);
        return audit;
    }
}
