namespace Jpki.Domain.Residents;

/// <summary>住民票の消除の事由: why a resident is no longer in the registry.</summary>
public enum RemovalCause
{
    /// <summary>死亡</summary>
    Death,

    /// <summary>転出: out of the scope of this registry, within Japan.</summary>
    MovedOut,

    /// <summary>国外転出</summary>
    MovedOverseas,

    /// <summary>職権消除</summary>
    RemovedExOfficio,
}

/// <summary>住民登録の状況: whether the resident is in the registry (S23). A closed set.</summary>
public abstract record Residence
{
    private Residence()
    {
    }

    /// <summary>登録あり</summary>
    public sealed record Here : Residence
    {
        public static readonly Here Instance = new();
    }

    /// <summary>国外転出予定: registered until the day of departure, the card to be used on from abroad.</summary>
    /// <param name="DepartsOn">First day no longer registered.</param>
    public sealed record Departing(DateOnly DepartsOn) : Residence;

    /// <summary>国外転出者: departed, with the card and its user authentication certificate still in use.</summary>
    /// <param name="DepartedOn">First day no longer registered.</param>
    public sealed record Overseas(DateOnly DepartedOn) : Residence;

    /// <summary>消除済</summary>
    /// <param name="OccurredOn">First day no longer registered, by the registry.</param>
    public sealed record Removed(RemovalCause Cause, DateOnly OccurredOn) : Residence;

    /// <summary>
    /// Whether the resident is registered on a day. A departure counts from its day on, also while the nightly job has not recorded it yet.
    /// </summary>
    public bool IsHereOn(DateOnly day) => this is Here || (this is Departing departing && day < departing.DepartsOn);
}
