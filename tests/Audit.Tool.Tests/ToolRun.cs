namespace Jpki.Audit.Tool.Tests;

/// <summary>The tool as a script runs it: what it prints and how it ends.</summary>
internal sealed record ToolRun(int Code, string Output, string Error)
{
    public static Task<ToolRun> Of(params string[] args) => Of(TimeProvider.System, "en_US.UTF-8", CancellationToken.None, args);

    public static async Task<ToolRun> Of(TimeProvider time, string language, CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var surroundings = new Surroundings(output, error, IsTerminal: false, name => name == "LANG" ? language : null, time);
        var code = await JpkiCommand.RunAsync(["audit", .. args], surroundings, cancellation);
        return new(code, output.ToString(), error.ToString());
    }
}
