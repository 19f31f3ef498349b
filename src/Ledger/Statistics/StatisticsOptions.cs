namespace Jpki.Ledger.Statistics;

/// <summary>統計の設定: how the views of the statistics are kept.</summary>
public sealed class StatisticsOptions
{
    /// <summary>Events of a page, which is one transaction, 1 or more. Larger pages are slower.</summary>
    public int PageEvents { get; set; } = 5_000;

    /// <summary>How often it is looked for new events, and whether this process is to follow them.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Events that a view may be behind before it is rebuilt instead of followed.</summary>
    public long RebuildWhenBehind { get; set; } = 200_000;

    /// <summary>Events after which a rebuild saves where it is, 1 or more. What was folded since is folded again after a stop.</summary>
    public long CheckpointEvents { get; set; } = 1_000_000;

    /// <summary>How often the views are checked against the ledger: what has come since the last time, and the sum over all rows.</summary>
    public TimeSpan CheckEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the whole ledger is folded again and compared row by row.</summary>
    public TimeSpan CheckAllEvery { get; set; } = TimeSpan.FromDays(1);
}
