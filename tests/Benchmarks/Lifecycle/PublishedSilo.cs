using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Lifecycle;

/// <summary>The silo as it is installed: published, compiled ahead of time as far as that goes (ReadyToRun).</summary>
internal static class PublishedSilo
{
    private static Task<string>? _folder;

    /// <summary>Publishes it once.</summary>
    /// <returns>The program.</returns>
    /// <exception cref="NotAvailableException">It can't be published here.</exception>
    public static async Task<string> ProgramAsync(Stage stage, CancellationToken cancellation) =>
        Path.Combine(await (_folder ??= PublishAsync(stage.Folder("published"), cancellation)), "Jpki.Silo.dll");

    private static async Task<string> PublishAsync(string folder, CancellationToken cancellation)
    {
        await Tool.RunAsync(
            "dotnet",
            ["publish", Project(), "-c", "Release", "--use-current-runtime", "--self-contained", "false", "-p:PublishReadyToRun=true", "-v", "quiet", "-o", folder],
            cancellation);
        return folder;
    }

    private static string Project()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "src", "Silo", "Silo.csproj") is var project && File.Exists(project))
                return project;
        }

        throw new NotAvailableException("The sources are not here to be published.");
    }
}
