namespace Jpki.Pki.Revocation;

/// <summary>Files that nobody but this process's account reads.</summary>
internal static class OwnFile
{
    /// <summary>A new file; the caller's blocks are large, so the stream keeps none of its own.</summary>
    /// <exception cref="IOException">There is one of this name.</exception>
    public static FileStream Create(string path, FileOptions options = FileOptions.None)
    {
        var stream = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = options | FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            stream.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new(path, stream);
    }
}
