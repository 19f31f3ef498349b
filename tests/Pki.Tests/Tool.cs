using System.Diagnostics;

namespace Jpki.Pki.Tests;

/// <summary>Programs that share no code with us. A missing one fails the test: nothing is skipped in silence.</summary>
internal static class Tool
{
    /// <returns>Everything the program wrote, after it ended with 0.</returns>
    public static string Run(string program, params string[] arguments) => Ended(program, arguments).Output;

    /// <returns>The same, and then what it wrote as errors: OpenSSL gives some verdicts there.</returns>
    public static string RunForAll(string program, params string[] arguments)
    {
        var (output, errors) = Ended(program, arguments);
        return output + errors;
    }

    private static (string Output, string Errors) Ended(string program, string[] arguments)
    {
        var (exitCode, output, errors) = Start(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}\n{errors}");
        return (output, errors);
    }

    /// <summary>For programs whose "no" is the point.</summary>
    /// <returns>The exit status, and everything the program wrote: standard output, then errors.</returns>
    public static (int ExitCode, string Output) Try(string program, IReadOnlyList<string> arguments)
    {
        var (exitCode, output, errors) = Start(program, arguments);
        return (exitCode, output + errors);
    }

    private static (int ExitCode, string Output, string Errors) Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), $"{program} does not end.");
        return (process.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
