using System.Diagnostics;
using System.Runtime.CompilerServices;
using Jpki.Audit.Notes;

namespace Jpki.Audit.Tool.Tests;

/// <summary>
/// The verifier in Go that shares no code with ours, built from its source with Debian's packages <c>golang-go</c> and
/// <c>golang-golang-x-mod-dev</c>, and nothing from any network.
/// </summary>
public sealed class SecondVerifier : IDisposable
{
    private readonly TestFolder _folder = new();

    public SecondVerifier()
    {
        var (code, output) = Run("go", SourceFolder(), new() { ["GO111MODULE"] = "off", ["GOPATH"] = "/usr/share/gocode", ["GOCACHE"] = _folder["cache"] }, "build", "-o", Program, ".");
        Assert.True(code == 0, output);
    }

    private string Program => _folder["auditverify"];

    public void Dispose() => _folder.Dispose();

    /// <returns>0 good, 1 findings.</returns>
    public (int Code, string Output) Verify(string what, string file, params NoteKey[] keys) =>
        Run(Program, Path.GetDirectoryName(file)!, [], [what, file, .. keys.Select(each => each.ToString())]);

    private static (int Code, string Output) Run(string program, string folder, Dictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static string SourceFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../Audit.Verifier.Go");
}
