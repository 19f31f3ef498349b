using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.Ledger.LocalPostgres;

/// <summary>What stands where in the private server's folder.</summary>
/// <param name="Root">Absolute.</param>
internal sealed record ServerFolder(string Root)
{
    /// <summary>Where the data go when the account can't reach the folder asked for; every account can pass through, only root can add to it.</summary>
    public const string Elsewhere = "/var/lib/jpki-ledger";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public string Data => Path.Combine(Root, "data");

    /// <summary>A cluster in the making; it becomes <see cref="Data"/> by one rename, so that a half-made one is never started.</summary>
    public string Unfinished => Path.Combine(Root, "data.unfinished");

    public string Log => Path.Combine(Root, "server.log");

    public string Password => Path.Combine(Root, "password");

    public string Lock => Path.Combine(Root, "lock");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    /// <summary>Major version that wrote the data, e.g. <c>15</c>; null when there are none.</summary>
    public string? DataVersion
    {
        get
        {
            var file = Path.Combine(Data, "PG_VERSION");
            return File.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
    }

    /// <summary>Makes the folder, or one elsewhere when it lies where the account can't go.</summary>
    /// <returns>The folder, and the ancestor that was in the way of the one asked for, if any.</returns>
    [SupportedOSPlatform("linux")]
    public static async Task<(ServerFolder Folder, string? Obstacle)> MakeAsync(
        string asked, ServerAccount account, string elsewhere, CancellationToken cancellation)
    {
        var root = Path.GetFullPath(asked);
        var obstacle = await account.ObstacleAsync(root, cancellation);
        if (obstacle is not null)
        {
            Directory.CreateDirectory(elsewhere, Passable);
            root = Path.Combine(elsewhere, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]);
        }

        var folder = new ServerFolder(root);
        Directory.CreateDirectory(root, OwnerOnly);
        await account.OwnAsync(root, cancellation);
        return (folder, obstacle);
    }

    /// <summary>
    /// Reserves the folder for this process. The kernel frees the reservation with the process, however it ends.
    /// </summary>
    /// <exception cref="LocalPostgresException">Another process that lives has it.</exception>
    public FileStream Reserve()
    {
        try
        {
            return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new LocalPostgresException($"Another process keeps its PostgreSQL in {Root}. Stop it, or give this one another folder or a connection string.", e);
        }
    }

    /// <summary>Writes the superuser's password where only the account (and root) can read it.</summary>
    [SupportedOSPlatform("linux")]
    public async Task WritePasswordAsync(string password, ServerAccount account, CancellationToken cancellation)
    {
        File.Delete(Password);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var file = new FileStream(Password, options))
            await file.WriteAsync(Encoding.ASCII.GetBytes(password), cancellation);
        await account.OwnAsync(Password, cancellation);
    }
}
