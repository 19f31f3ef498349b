namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 書込み未確認の申請の終了: nobody came back to finish the application, so the nightly job ends it like one abandoned: what was issued and never
/// confirmed is revoked, and the fee goes back unless a kind it was charged for did reach the card (B4).
/// </summary>
[StoredName("expire-application", "書込み未確認の申請の終了")]
public sealed record ExpireApplication : ResidentCommand
{
    /// <summary>
    /// 猶予期間, in days after the day of application, the last one inclusive. Issuing takes one visit; two weeks let a holder whose card or
    /// reader failed come again, and are short enough that no certificate stands signed and unwritten for long.
    /// </summary>
    public const int GraceDays = 14;

    internal static Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Application is not Application.Open open)
            return Refusals.NoSuchApplication();

        var lastDay = open.AppliedOn.AddDays(GraceDays);
        return c.Today <= lastDay ? Refusals.WithinGracePeriod(lastDay) : Decision.Accept(Ending.OfUnconfirmed(state, c));
    }
}
