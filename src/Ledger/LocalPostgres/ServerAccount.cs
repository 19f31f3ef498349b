using System.Globalization;

namespace Jpki.Ledger.LocalPostgres;

/// <summary>
/// The account PostgreSQL runs under. It refuses to run as root, so root lends it an ordinary account; anybody else runs it as himself.
/// </summary>
/// <param name="Name">The account's name, or null for the account of this process.</param>
/// <param name="UserId">Numeric, meaningful only with a name.</param>
/// <param name="GroupId">Numeric, meaningful only with a name.</param>
internal sealed record ServerAccount(string? Name, uint UserId, uint GroupId)
{
    public static readonly ServerAccount Own = new(null, 0, 0);

    // util-linux, essential on Debian.
    private const string SetPriv = "/usr/bin/setpriv";
    private const string Accounts = "/etc/passwd";

    /// <exception cref="LocalPostgresException">The process is root and there is no account to lend.</exception>
    public static ServerAccount Choose()
    {
        if (!Environment.IsPrivilegedProcess)
            return Own;
        if (!File.Exists(SetPriv))
            throw new LocalPostgresException($"PostgreSQL does not run as root, and {SetPriv} (package 'util-linux') is missing. Run as an ordinary user.");
        return Find("postgres") ?? Find("nobody")
            ?? throw new LocalPostgresException("PostgreSQL does not run as root, and there is neither an account 'postgres' nor 'nobody'.");
    }

    /// <summary>The command line that runs a program under this account.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Wrap(string program, IReadOnlyList<string> arguments) => Name is null
        ? (program, arguments)
        : (SetPriv, [$"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--", program, .. arguments]);

    /// <summary>Hands a file or a folder with all it holds to the account.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellation)
    {
        if (Name is not null)
            await Tool.RequireAsync(Own, "chown", ["-R", $"{UserId}:{GroupId}", path], "/", cancellation);
    }

    /// <summary>The first folder on the way down to <paramref name="folder"/> that the account can't enter; null when it reaches it.</summary>
    public async Task<string?> ObstacleAsync(string folder, CancellationToken cancellation)
    {
        if (Name is null)
            return null;

        foreach (var ancestor in Ancestors(folder))
        {
            var probe = await Tool.RunAsync(this, "/usr/bin/test", ["-x", ancestor], "/", cancellation);
            if (probe.ExitCode != 0)
                return ancestor;
        }

        return null;
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        var way = new Stack<string>();
        for (var at = new DirectoryInfo(folder).Parent; at is not null; at = at.Parent)
            way.Push(at.FullName);
        return way.Where(Directory.Exists);
    }

    private static ServerAccount? Find(string name)
    {
        // name:password:uid:gid:… (passwd(5))
        var fields = File.ReadLines(Accounts).Select(line => line.Split(':')).FirstOrDefault(line => line[0] == name);
        return fields is null
            ? null
            : new(name, uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture));
    }
}
