namespace Jpki.Ledger;

/// <summary>
/// まとめ書きの設定: how commands of many residents share transactions. Nothing here trades durability; none of it makes a lone command wait.
/// </summary>
public sealed class GroupCommitOptions
{
    /// <summary>Transactions under way at once, 1 or more. Each stream belongs to one of the writers, so its appends keep their order.</summary>
    public int Writers { get; set; } = 4;

    /// <summary>Appends in one transaction at most, 1 or more.</summary>
    public int MaxBatch { get; set; } = 128;

    /// <summary>Appends that may wait for each writer, 1 or more. This and the batches under way are all the memory the writer takes.</summary>
    public int QueueCapacity { get; set; } = 1_024;

    /// <summary>
    /// How long an append may wait to be sent, for a place in the queue and in it together. After that it is
    /// <see cref="AppendOutcome.Busy"/> and was never sent.
    /// </summary>
    public TimeSpan BusyAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long one transaction may take before it is given up as of unknown outcome.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an unknown outcome is inquired into before the callers are told that it is unknown.</summary>
    public TimeSpan SettleWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a stop waits for what is queued; what is left then is answered without the database.</summary>
    public TimeSpan DrainWithin { get; set; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentOutOfRangeException">A number below 1, or a time that is not positive.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Writers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBatch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        foreach (var time in new[] { BusyAfter, AttemptTimeout, SettleWithin, DrainWithin })
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
    }
}
