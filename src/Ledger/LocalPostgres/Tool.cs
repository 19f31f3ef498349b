using System.Diagnostics;

namespace Jpki.Ledger.LocalPostgres;

/// <summary>What a program of PostgreSQL or of the system said.</summary>
internal sealed record ToolResult(int ExitCode, string Output);

/// <summary>Runs programs to their end.</summary>
internal static class Tool
{
    /// <exception cref="LocalPostgresException">It ended with anything but 0.</exception>
    public static async Task RequireAsync(
        ServerAccount account, string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        var result = await RunAsync(account, program, arguments, folder, cancellation);
        if (result.ExitCode != 0)
            throw new LocalPostgresException($"{Path.GetFileName(program)} ended with {result.ExitCode}: {result.Output.Trim()}");
    }

    /// <param name="folder">Working directory; the account must be able to enter it.</param>
    public static async Task<ToolResult> RunAsync(
        ServerAccount account, string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellation)
    {
        using var process = Process.Start(Describe(account, program, arguments, folder))!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, await output + await errors);
    }

    private static ProcessStartInfo Describe(ServerAccount account, string program, IReadOnlyList<string> arguments, string folder)
    {
        var (wrapped, wrappedArguments) = account.Wrap(program, arguments);
        var start = new ProcessStartInfo(wrapped, wrappedArguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // PGDATA, PGPORT, PGOPTIONS and their like belong to some other server of the user's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C.UTF-8";
        return start;
    }
}
