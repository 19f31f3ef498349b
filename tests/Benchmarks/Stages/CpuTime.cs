using System.Globalization;

namespace Jpki.Benchmarks.Stages;

/// <summary>Processor time of processes (proc(5), stat): unlike the time of day it is hardly longer beside busy neighbours.</summary>
internal static class CpuTime
{
    private const int TicksASecond = 100; // USER_HZ on all of Linux's architectures that .NET runs on.
    private const int AfterName = 3; // proc(5) counts from 1, and what follows the name in brackets is the third.
    private const int Parent = 4;
    private const int User = 14;
    private const int System = 15;
    private const int UserOfEnded = 16;
    private const int SystemOfEnded = 17;

    public static TimeSpan Of(int process) => Stat(process) is { } stat ? Ticks(stat[User - AfterName]) + Ticks(stat[System - AfterName]) : TimeSpan.Zero;

    /// <summary>Of a server and its children, those that ended included.</summary>
    public static TimeSpan OfFamily(int process)
    {
        var sum = Of(process);
        if (Stat(process) is { } own)
            sum += Ticks(own[UserOfEnded - AfterName]) + Ticks(own[SystemOfEnded - AfterName]);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var each) && ParentOf(each) == process)
                sum += Of(each);
        }

        return sum;
    }

    public static int? ParentOf(int process) => Stat(process) is { } stat ? int.Parse(stat[Parent - AfterName], CultureInfo.InvariantCulture) : null;

    private static TimeSpan Ticks(string ticks) => TimeSpan.FromSeconds(double.Parse(ticks, CultureInfo.InvariantCulture) / TicksASecond);

    /// <returns>What follows the name; null when the process has ended.</returns>
    private static string[]? Stat(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
