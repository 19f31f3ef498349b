namespace Jpki.Benchmarks.Stages;

/// <summary>How busy the machine is with others' work: figures taken beside a compiler are ratios at best.</summary>
internal static class MachineLoad
{
    /// <returns>Means over 1, 5 and 15 minutes (proc(5), loadavg).</returns>
    public static string Now() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]) : "unknown";
}
