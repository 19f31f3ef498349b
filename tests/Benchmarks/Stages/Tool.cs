using System.ComponentModel;
using System.Diagnostics;
using Jpki.Benchmarks.Harness;

namespace Jpki.Benchmarks.Stages;

/// <summary>Runs programs to their end.</summary>
internal static class Tool
{
    /// <returns>What it wrote to its output.</returns>
    /// <exception cref="NotAvailableException">There is no such program, or it ended with anything but 0.</exception>
    public static async Task<string> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation, string? folder = null, (string Name, string Value)? environment = null)
    {
        var start = Describe(program, arguments, folder);
        if (environment is { } variable)
            start.Environment[variable.Name] = variable.Value;
        using var process = new Process { StartInfo = start };
        Launch(process);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? output
            : throw new NotAvailableException($"{program} ended with {process.ExitCode}: {await errors}");
    }

    public static ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments, string? folder) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = folder ?? "",
    };

    public static void Launch(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new NotAvailableException($"{process.StartInfo.FileName} is not installed.", missing);
        }
    }
}
