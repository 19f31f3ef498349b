using System.Globalization;

namespace Jpki.Pki.Keys;

/// <summary>
/// 世代の置き場: <c>0001</c>, <c>0002</c>, … under the store's folder, each made whole in a folder of another name and then renamed, so
/// that a crash leaves a generation or none. What a crash leaves under the other name is never read.
/// </summary>
internal static class GenerationFolder
{
    private const UnixFileMode OwnerOnlyFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int DigitsOfNumber = 4;

    /// <summary>Oldest first.</summary>
    public static IReadOnlyList<string> Existing(string store) => !Directory.Exists(store) ? [] :
    [
        .. Directory.EnumerateDirectories(store)
            .Where(each => Path.GetFileName(each) is { Length: DigitsOfNumber } name && name.All(char.IsAsciiDigit))
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="IOException">Also when another process made the same generation meanwhile.</exception>
    public static void Publish(string store, int number, IEnumerable<(string Name, string Content)> files)
    {
        CreateForOwner(store);
        var staging = Path.Combine(store, $".creating-{Guid.NewGuid():N}");
        CreateForOwner(staging);
        foreach (var (name, content) in files)
            WriteForOwner(Path.Combine(staging, name), content);
        Directory.Move(staging, Path.Combine(store, number.ToString($"D{DigitsOfNumber}", CultureInfo.InvariantCulture)));
    }

    /// <summary>Adds a note to what is published: whole or not at all, and never over one that is there.</summary>
    /// <exception cref="IOException">Also when there is one.</exception>
    public static void Add(string path, string content)
    {
        CreateForOwner(Path.GetDirectoryName(path)!);
        var staging = $"{path}.{Guid.NewGuid():N}";
        WriteForOwner(staging, content);
        try
        {
            File.Move(staging, path, overwrite: false);
        }
        catch (IOException)
        {
            File.Delete(staging);
            throw;
        }
    }

    private static void CreateForOwner(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
    }

    private static void WriteForOwner(string path, string content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnlyFile;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(content));
        // To the disk before the rename makes it count.
        file.Flush(flushToDisk: true);
    }
}
