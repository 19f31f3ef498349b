namespace Jpki.Domain.Residents.Procedures;

/// <summary>券面更新の記録: the card's face data is as in the registry again (S25). Writing the same data again changes nothing.</summary>
/// <param name="Written">What was written. When the registry changed it meanwhile, the face is not current and has to be written again.</param>
[StoredName("record-card-face-update", "券面更新")]
public sealed record RecordCardFaceUpdate(PresentedCard Presented, FourAttributes Written) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c) =>
        (Guards.OwnCard(state, Presented, c) ?? AsWritten(state)) is { } refusal ? refusal : Decision.Accept(new CardFaceUpdated(Presented.Serial));

    private Refusal? AsWritten(Resident.Registered state) => Written == state.Attributes ? null : Refusals.CardFaceNotCurrent();
}
