namespace Jpki.Silo.Security;

/// <summary>Small secrets of a development machine: written once, whole or not at all, readable by their owner only.</summary>
public static class PrivateFile
{
    /// <summary>The file's text; made by <paramref name="make"/> when there is none. Of two processes at once, both read what the first wrote.</summary>
    public static string ReadOrCreate(string file, Func<string> make)
    {
        if (!File.Exists(file))
            Create(file, make());
        return File.ReadAllText(file);
    }

    private static void Create(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = $"{file}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(text);

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(draft);
        }
    }
}
