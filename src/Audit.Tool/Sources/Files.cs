using System.Runtime.InteropServices;

namespace Jpki.Audit.Tool.Sources;

/// <summary>Files that are read whole, and files that must outlive a power cut.</summary>
internal static partial class Files
{
    private const int ReadOnly = 0;

    /// <exception cref="UnreachableSourceException">It can't be read.</exception>
    public static string Text(FileInfo file)
    {
        try
        {
            return File.ReadAllText(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(file.FullName, e);
        }
    }

    /// <exception cref="UnreachableSourceException">It can't be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    /// <summary>
    /// Replaces a file so that after a power cut it is either the old or the new one, and once this has returned it is the new one: the octets
    /// are on the disk before the name points to them, and the name is before anything is told to anybody.
    /// </summary>
    public static void Replace(string path, string text)
    {
        var next = path + ".next";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes a new file that only its owner reads.</summary>
    /// <exception cref="IOException">It is there already.</exception>
    public static void WriteSecret(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    private static UnreachableSourceException Unreadable(string path, Exception cause) =>
        new($"{path} を読むことができません。", $"{path} can't be read.", cause);

    /// <summary>A rename is durable when the folder is; .NET has no call for that.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = OpenFolder(folder, ReadOnly);
        var done = handle >= 0 && Flush(handle) == 0;
        if (handle >= 0)
            _ = Close(handle);
        if (!done)
            throw new IOException($"The folder of the state, {folder}, can't be made durable.");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFolder(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
