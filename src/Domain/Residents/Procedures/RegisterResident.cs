namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 住民登録: the registry makes a resident known (S23), or tells that one who had moved away is back. What ended with the removal stays ended.
/// </summary>
/// <param name="OccurredOn">Since when it is so, not in the future, and not before the removal of who comes back.</param>
[StoredName("register-resident", "住民登録")]
public sealed record RegisterResident(FourAttributes Attributes, DateOnly OccurredOn) : ResidentCommand
{
    internal Decision Decide(Circumstances c) =>
        Guards.FromRegistry(Attributes, OccurredOn, c) is { } refusal ? refusal : Decision.Accept(new ResidentRegistered(Attributes, OccurredOn));

    internal Decision Decide(Resident.Registered state, Circumstances c) => state.Residence switch
    {
        Residence.Removed { Cause: RemovalCause.Death } => Refusals.DeathRecorded(),
        Residence.Removed removed => Return(removed.OccurredOn, c),
        Residence.Overseas overseas => Return(overseas.DepartedOn, c),
        _ => Refusals.AlreadyRegistered(),
    };

    private Decision Return(DateOnly removedOn, Circumstances c)
    {
        if (Guards.FromRegistry(Attributes, OccurredOn, c) is { } refusal)
            return refusal;
        return OccurredOn < removedOn ? Refusals.ReturnBeforeRemoval(removedOn) : Decision.Accept(new ResidentReturned(Attributes, OccurredOn));
    }
}
