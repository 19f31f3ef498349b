namespace Jpki.Domain.Statistics;

/// <summary>待ち時間の階級: fixed spans from the application to the confirmed writing, so that distributions of any two days add up.</summary>
public static class WaitingTime
{
    private static readonly (TimeSpan Below, string Name)[] _spans =
    [
        (TimeSpan.FromMinutes(5), "0-5min"),
        (TimeSpan.FromMinutes(10), "5-10min"),
        (TimeSpan.FromMinutes(15), "10-15min"),
        (TimeSpan.FromMinutes(30), "15-30min"),
        (TimeSpan.FromHours(1), "30-60min"),
        (TimeSpan.FromHours(4), "1-4h"),
        (TimeSpan.FromDays(1), "4-24h"),
        (TimeSpan.FromDays(7), "1-7d"),
        (TimeSpan.MaxValue, "7d-"),
    ];

    /// <summary>All names, the shortest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. _spans.Select(each => each.Name)];

    /// <summary>The span's name; its lower bound is inclusive, its upper one exclusive.</summary>
    public static string Of(TimeSpan waited) => _spans.First(each => waited < each.Below).Name;
}
