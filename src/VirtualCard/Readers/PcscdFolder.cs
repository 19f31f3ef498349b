using System.Globalization;
using System.Text;

namespace Jpki.VirtualCard.Readers;

/// <summary>The files of one private daemon: reader configuration, a copy of the driver for each pair of readers, socket, log.</summary>
internal sealed class PcscdFolder
{
    public const int ReadersPerDriver = 2;

    private const string InstalledDriver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
    private const string Install = "apt-get install -y --no-install-recommends pcscd vsmartcard-vpcd";

    private readonly bool _isTemporary;
    private readonly string _path;

    private PcscdFolder(string path, bool isTemporary) => (_path, _isTemporary) = (path, isTemporary);

    public string Configuration => Path.Combine(_path, "reader.conf.d");

    public string Socket => Path.Combine(_path, "pcscd.comm");

    public string Log => Path.Combine(_path, "pcscd.log");

    public string Daemon { get; } = Find("The PC/SC daemon (pcscd)", [.. ProgramFolders().Select(folder => Path.Combine(folder, "pcscd"))]);

    private string Driver { get; } = Find("The driver of the virtual readers (vpcd)", InstalledDriver);

    /// <exception cref="PcscdUnavailableException">pcscd or the driver is not installed.</exception>
    public static PcscdFolder Prepare(PcscdOptions options)
    {
        var folder = options.Folder is { } given
            ? new PcscdFolder(Directory.CreateDirectory(Path.GetFullPath(given)).FullName, isTemporary: false)
            : new PcscdFolder(Directory.CreateTempSubdirectory("jpki-pcscd-").FullName, isTemporary: true);
        try
        {
            folder.Write(options);
            return folder;
        }
        catch
        {
            folder.Remove();
            throw;
        }
    }

    public void Remove()
    {
        if (_isTemporary)
            Directory.Delete(_path, recursive: true);
    }

    /// <summary>The end of the daemon's log, for messages; empty before it has said anything.</summary>
    public string LastWords() => File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(10)) : "";

    private void Write(PcscdOptions options)
    {
        Directory.CreateDirectory(Configuration);
        var entries = new StringBuilder();
        for (var pair = 0; pair * ReadersPerDriver < options.Readers; pair++)
        {
            var port = options.FirstPort + (pair * ReadersPerDriver);
            entries.AppendLine(CultureInfo.InvariantCulture, $"""
                FRIENDLYNAME "{options.ReaderName} {pair + 1}"
                DEVICENAME /dev/null:{port}
                LIBPATH {DriverFor(pair)}
                CHANNELID {port}

                """);
        }
        File.WriteAllText(Path.Combine(Configuration, "virtual-readers"), entries.ToString());
    }

    /// <summary>The driver keeps its state in globals, and a link is loaded once only: each further pair needs a copy.</summary>
    private string DriverFor(int pair)
    {
        if (pair == 0)
            return Driver;
        var copy = Path.Combine(_path, string.Create(CultureInfo.InvariantCulture, $"libifdvpcd-{pair}.so"));
        File.Copy(Driver, copy, overwrite: true);
        return copy;
    }

    /// <summary>An ordinary user's path often lacks the folder in which Debian has daemons.</summary>
    private static IEnumerable<string> ProgramFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append("/usr/sbin");

    /// <exception cref="PcscdUnavailableException">There is no such file; the message names the packages to install.</exception>
    internal static string Find(string what, params string[] places) => places.FirstOrDefault(File.Exists)
        ?? throw new PcscdUnavailableException($"{what} is not installed. On Debian: {Install}");
}
