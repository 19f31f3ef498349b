using System.IO.Compression;
using System.Text;

namespace Jpki.TownHall.Parts;

/// <summary>The record as an auditor works on it: with <c>jpki</c>, a program of its own that knows the town hall by its public key alone.</summary>
/// <param name="folder">Where exports and the key are put.</param>
/// <param name="api">The back office.</param>
/// <param name="publicSide">Where everybody may ask.</param>
/// <param name="token">An auditor's.</param>
internal sealed class Record(string folder, Uri api, Uri publicSide, string token)
{
    private const string Assembly = "jpki";
    private const string Municipality = "13207";

    private string KeyFile => PathOf("audit.key");

    private string TokenFile => PathOf("auditor.token");

    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>The public key, as anybody can fetch it.</summary>
    public async Task FetchKeyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = publicSide };
        await File.WriteAllTextAsync(KeyFile, await http.GetStringAsync($"log/{Municipality}/key", cancellationToken), cancellationToken);
        await File.WriteAllTextAsync(TokenFile, token, cancellationToken);
    }

    public async Task ExportAsync(string file, CancellationToken cancellationToken)
    {
        var export = await ToolAsync(
            ["audit", "export", "--server", api.ToString(), "--municipality", Municipality, "--token-file", TokenFile, "--out", PathOf(file)], cancellationToken);
        if (!export.Succeeded)
            throw new TownHallException($"jpki audit export: {export.Error}{export.Output}");
    }

    /// <summary>The export with the first of these texts replaced, as a forger would leave it.</summary>
    public async Task AlterAsync(string export, string altered, string text, string by, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(PathOf(export));
        await using var plain = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        var content = await reader.ReadToEndAsync(cancellationToken);
        var at = content.IndexOf(text, StringComparison.Ordinal);
        if (at < 0)
            throw new TownHallException($"The export has no {text}.");
        await File.WriteAllTextAsync(PathOf(altered), content.Remove(at, text.Length).Insert(at, by), cancellationToken);
    }

    /// <summary>Runs the tool with the key.</summary>
    public Task<ToolResult> RunAsync(string[] arguments, CancellationToken cancellationToken) =>
        ToolAsync([.. arguments, "--key", KeyFile, "--lang", "en"], cancellationToken);

    private static Task<ToolResult> ToolAsync(string[] arguments, CancellationToken cancellationToken) =>
        ChildProcess.RunAsync(ChildProcess.Ours(Assembly, arguments), cancellationToken);
}
