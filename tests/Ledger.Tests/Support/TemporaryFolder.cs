namespace Jpki.Ledger.Tests.Support;

/// <summary>A folder that every account can pass through and that is gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("jpki-ledger-").FullName;

    public TemporaryFolder() => File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);

    public string Root => _root;

    public string Path => System.IO.Path.Combine(_root, "pg");

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
