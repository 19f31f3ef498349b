namespace Jpki.Audit.Tool.Tests;

/// <summary>A folder of one test's own, gone with it.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jpki-audit-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Write(string name, byte[] octets)
    {
        File.WriteAllBytes(this[name], octets);
        return this[name];
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
