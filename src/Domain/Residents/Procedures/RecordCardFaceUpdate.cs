namespace Jpki.Domain.Residents.Procedures;

/// <summary>券面更新の記録: the card's face data is as in the registry again (S25). Writing the same data again changes nothing.</summary>
[StoredName("record-card-face-update", "券面更新")]
public sealed record RecordCardFaceUpdate(PresentedCard Presented) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c) =>
        Guards.OwnCard(state, Presented, c) is { } refusal ? refusal : Decision.Accept(new CardFaceUpdated(Presented.Serial));
}
