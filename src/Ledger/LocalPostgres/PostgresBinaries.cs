using System.Globalization;

namespace Jpki.Ledger.LocalPostgres;

/// <summary>One installed version of PostgreSQL's programs.</summary>
/// <param name="Folder">Holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>.</param>
internal sealed record PostgresBinaries(string Folder)
{
    // Debian keeps every major version in a folder of its own and none of the server's programs in the PATH.
    private const string DebianRoot = "/usr/lib/postgresql";

    private static readonly string[] Needed = ["initdb", "pg_ctl", "postgres"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <param name="major">The version existing data need, or null for the newest installed.</param>
    /// <exception cref="LocalPostgresException">None is installed, or not the one the data need.</exception>
    public static PostgresBinaries Find(string? major) => Find(major, DebianRoot, Environment.GetEnvironmentVariable("PATH"));

    internal static PostgresBinaries Find(string? major, string debianRoot, string? path)
    {
        var debian = Directory.Exists(debianRoot) ? Directory.GetDirectories(debianRoot) : [];
        var chosen = debian
            .Where(version => major is null || Path.GetFileName(version) == major)
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .Concat((path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(IsComplete);
        return chosen is not null ? new(chosen) : throw NotFound(major);
    }

    private static bool IsComplete(string folder) => Needed.All(program => File.Exists(Path.Combine(folder, program)));

    private static LocalPostgresException NotFound(string? major) => major is null
        ? new("PostgreSQL's server programs are not on this machine. Install the Debian package 'postgresql', or set a connection string.")
        : new($"The data were written by PostgreSQL {major}, which is not on this machine. Install the Debian package 'postgresql-{major}'.");
}
