namespace Jpki.Benchmarks.Stages;

/// <summary>What several measures use, made when the first asks for it and taken down at the end.</summary>
/// <param name="isQuick">Whoever looks at ratios only roughly is content with smaller lists.</param>
internal sealed class Stage(bool isQuick) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jpki-bench-").FullName;

    public bool IsQuick => isQuick;

    /// <summary>A folder of its own for each name.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
