using System.Diagnostics;
using System.Globalization;

namespace Jpki.Ledger.Tests.Support;

/// <summary>The processes of a server, from its data folder.</summary>
internal static class ServerProcesses
{
    /// <summary>kill -9 of the postmaster and all its children, as a power cut would; returns when they are gone.</summary>
    public static async Task KillAsync(string serverFolder)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(serverFolder, "data", "postmaster.pid"), TestContext.Current.CancellationToken);
        var postmaster = int.Parse(lines[0], CultureInfo.InvariantCulture);
        Process[] all = [.. new[] { postmaster }.Concat(ChildrenOf(postmaster)).SelectMany(Find)];
        foreach (var process in all)
            process.Kill();
        await Eventually.TrueAsync(() => Task.FromResult(Array.TrueForAll(all, each => each.HasExited)));
    }

    private static IEnumerable<int> ChildrenOf(int parent) =>
        File.ReadAllText($"/proc/{parent}/task/{parent}/children")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => int.Parse(each, CultureInfo.InvariantCulture));

    private static Process[] Find(int process)
    {
        try
        {
            return [Process.GetProcessById(process)];
        }
        catch (ArgumentException)
        {
            return []; // A child that ended meanwhile.
        }
    }
}
