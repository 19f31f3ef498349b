using System.Diagnostics;

namespace Jpki.Integration.Tests.Support;

/// <summary>A program from the distribution that knows nothing of this project: what it accepts is not our own word for it.</summary>
internal static class OutsideProgram
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <param name="environment">Besides its own. PINs go here, never on a command line that other users of the machine can read.</param>
    /// <param name="input">What is typed; the keyboard stays there until the program ends.</param>
    /// <exception cref="TimeoutException">It did not end; it is killed.</exception>
    public static async Task<ProgramEnd> RunAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        using var process = Process.Start(Describe(program, arguments, environment))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(_patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await TypeAsync(process, input);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{program} did not end: {string.Join(' ', arguments)}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Runs it; it must succeed.</summary>
    /// <returns>Its output.</returns>
    public static async Task<string> MustAsync(
        string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var end = await RunAsync(program, arguments, environment);
        Assert.True(end.ExitCode == 0, $"{program} ended with {end.ExitCode}: {end.Errors}{end.Output}");
        return end.Output;
    }

    public static ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Messages are compared: they must not come in the language of the machine.
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return start;
    }

    private static async Task TypeAsync(Process process, string? input)
    {
        try
        {
            await process.StandardInput.WriteAsync(input);
            await process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It ended without listening; what it said says why.
        }
    }
}
