namespace Jpki.Domain.Residents.Procedures;

/// <summary>住民登録: the registry makes a resident known (S23).</summary>
/// <param name="OccurredOn">Since when it is so, not in the future.</param>
[StoredName("register-resident", "住民登録")]
public sealed record RegisterResident(FourAttributes Attributes, DateOnly OccurredOn) : ResidentCommand
{
    internal Decision Decide(Circumstances c) =>
        Guards.FromRegistry(Attributes, OccurredOn, c) is { } refusal ? refusal : Decision.Accept(new ResidentRegistered(Attributes, OccurredOn));
}
