using System.Diagnostics;
using System.Text;

namespace Jpki.TownHall.Parts;

/// <summary>A program of the town hall, or an outside tool, run with its output read.</summary>
internal static class ChildProcess
{
    /// <summary>How to run one of our own programs, which lie beside this one.</summary>
    public static ProcessStartInfo Ours(string assembly, params IEnumerable<string> arguments)
    {
        var start = Tool("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), .. arguments]);
        start.Environment["DOTNET_NOLOGO"] = "1";
        return start;
    }

    public static ProcessStartInfo Tool(string program, params IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        StandardOutputEncoding = Encoding.UTF8,
        StandardErrorEncoding = Encoding.UTF8,
        StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>Runs to the end.</summary>
    /// <exception cref="TownHallException">The program is not installed.</exception>
    public static async Task<ToolResult> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new ToolResult(process.ExitCode, await output, await error);
    }

    /// <exception cref="TownHallException">The program is not installed.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new TownHallException($"'{start.FileName}' is not installed. './run' installs what is missing when started as root.");
        }
    }
}

/// <summary>What a tool said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>The town hall can't be opened; the message says what to do.</summary>
internal sealed class TownHallException(string message) : Exception(message);
