using System.Diagnostics;
using System.Text;

namespace Jpki.Audit.Tool.Tests;

/// <summary>What docs/audit.md tells an auditor to type is typed here, as it stands; and the sample, signed once, is good for ever.</summary>
public sealed class DocumentedCommandTests
{
    private const int Patience = 10;

    [Fact]
    [Trait("Rule", "D5")]
    public async Task Every_command_of_the_auditors_page_does_what_the_page_says()
    {
        var commands = Commands(await File.ReadAllLinesAsync(Path.Combine(Root(), "docs/audit.md"), TestContext.Current.CancellationToken)).ToList();
        Assert.InRange(commands.Count, 12, 60);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(Patience));
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", Script(commands)])
        {
            WorkingDirectory = Root(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(deadline.Token), shell.StandardError.ReadToEndAsync(deadline.Token));
        await shell.WaitForExitAsync(deadline.Token);

        Assert.True(shell.ExitCode == 0, $"{await output}\n{await error}");
        Assert.Contains("The record proves itself.", await output, StringComparison.Ordinal);
        Assert.Contains("LeafDiffers", await output, StringComparison.Ordinal);
        Assert.Contains("IndexGap", await output, StringComparison.Ordinal);
    }

    /// <summary>The lines of blocks marked as shell's.</summary>
    private static IEnumerable<string> Commands(IEnumerable<string> page)
    {
        var inside = false;
        foreach (var line in page)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inside = !inside && line == "```sh";
            else if (inside)
                yield return line;
        }
    }

    /// <summary>A command after an exclamation mark must end with status 1 and no other; every other with 0.</summary>
    private static string Script(IEnumerable<string> commands)
    {
        var script = new StringBuilder("export LANG=C LC_ALL=C\n");
        foreach (var command in commands)
        {
            script.Append("echo '──'\n").Append(
                command.StartsWith("! ", StringComparison.Ordinal)
                    ? $"status=0; {command[2..]} || status=$?; [ $status -eq 1 ] || {{ echo \"status $status\"; exit 99; }}\n"
                    : command + "\n");
        }

        return script.ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Jpki.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests run inside their repository.");
    }
}
