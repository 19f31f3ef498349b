namespace Jpki.Ledger.LocalPostgres;

/// <summary>Whether anything of a server works on the data, whoever started it.</summary>
internal static class Leftovers
{
    /// <summary>
    /// Every process of PostgreSQL has its data folder as working directory, which tells it from a stranger who was given the same process
    /// number since. Asked under the server's account, because even root may lack the right to look into others' processes (proc(5)).
    /// </summary>
    public static async Task<bool> AreServedAsync(ServerFolder folder, ServerAccount account, CancellationToken cancellation)
    {
        var script = "readlink -f \"$1\"; readlink /proc/[0-9]*/cwd";
        var answer = await Tool.RunAsync(account, "/bin/sh", ["-c", script, "sh", folder.Data], folder.Root, cancellation);
        var lines = answer.Output.Split('\n');
        return lines.Skip(1).Contains(lines[0]);
    }
}
