using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 暗証番号再設定の受理: the holder forgot a PIN and comes with the card and an identity document; the card's own PIN is verified on the card
/// (S27), or reset in the same visit when that is forgotten too, which takes a document other than the card (S28). Approved before the
/// card is touched, so that every PIN ever set has its record.
/// </summary>
/// <param name="Pins">Which PINs; at least one, each once.</param>
[StoredName("approve-pin-reset", "暗証番号再設定の受理")]
public sealed record ApprovePinReset(PresentedCard Presented, IReadOnlyList<PinKind> Pins, IdentityCheck Identified)
    : ResidentCommand, IDocumented
{
    DocumentImages? IDocumented.Images => Identified.Images;

    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if ((Guards.AtCounter(state, c) ?? Applicants.Check(state, this, Identified, c) ?? Guards.OwnCard(state, Presented, c) ?? Chosen() ?? Known()) is { } refusal)
            return refusal;

        return Decision.Accept([new PinResetApproved(c.CommandId, Presented.Serial, Pins, Identified), .. Applicants.UsedUp(Identified)]);
    }

    private Refusal? Chosen() => Pins.Count == 0 || Pins.Distinct().Count() != Pins.Count ? Refusals.NoPinChosen() : null;

    private Refusal? Known()
    {
        if (Presented.VerifiedPins.Contains(PinKind.BasicRegister))
            return null;
        if (!Pins.Contains(PinKind.BasicRegister))
            return Refusals.CardPinNotVerified();

        // A representative's or agent's individual number card is their own, and not the card in the reader.
        return Identified is { Document: IdentityDocument.MyNumberCard, Applicant: Applicant.Holder } ? Refusals.IdentityDocumentNeeded() : null;
    }
}

/// <summary>暗証番号再設定の完了: the card took the new PINs.</summary>
/// <param name="Reset">The command that was approved.</param>
[StoredName("confirm-pin-reset", "暗証番号再設定の完了")]
public sealed record ConfirmPinReset(CommandId Reset, CardSerial Card) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state)
    {
        if (state.PinReset is not PinResetState.Approved approved || approved.Id != Reset)
            return Refusals.NoPinResetUnderWay();
        return approved.Card == Card
            ? Decision.Accept(new PinReset(Reset, Card, approved.Pins))
            : Refusals.CardOfAnotherResident();
    }
}
