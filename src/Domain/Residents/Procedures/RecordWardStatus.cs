namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 後見の異動の記録: the resident became, or is no longer, an adult ward (成年被後見人). New signature certificates are refused from then on (S24);
/// one already on the card stays (docs/decisions/0012-wards.md).
/// </summary>
/// <param name="OccurredOn">Since when it is so, not in the future.</param>
[StoredName("record-ward-status", "後見の異動の記録")]
public sealed record RecordWardStatus(WardChange Change, DateOnly OccurredOn) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (OccurredOn > c.Today)
            return Refusals.NotInThePast(c.Today);
        return (Change == WardChange.Started) == (state.Ward is Ward.Under)
            ? Refusals.WardStatusUnchanged()
            : Decision.Accept(new WardStatusChanged(Change, OccurredOn));
    }
}
