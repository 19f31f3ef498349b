using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>窓口の確認事項: what several procedures check alike. Each answers the refusal, or none.</summary>
internal static class Guards
{
    /// <summary>
    /// S14, S15: a procedure begins at an office of the municipality and within its hours. Only the beginning is checked: what was begun
    /// in time is finished, also a minute after closing.
    /// </summary>
    public static Refusal? AtCounter(Circumstances c)
    {
        if (c.By.Office is not { } office || !c.Municipality.Has(office))
            return Refusals.UnknownOffice();
        return ReceptionHours.Akishima.Check(c.At);
    }

    /// <summary>S16: the card in the reader is the resident's own, of this municipality, and not past its last day.</summary>
    public static Refusal? OwnCard(Resident.Registered state, PresentedCard presented, Circumstances c)
    {
        if (presented.Municipality != c.Municipality.Code)
            return Refusals.CardOfAnotherMunicipality();
        if (state.Card is not Card.InHand card)
            return Refusals.NoCard();
        if (card.Serial != presented.Serial)
            return Refusals.CardOfAnotherResident();
        return card.ExpiresOn < c.Today ? Refusals.CardExpired(card.ExpiresOn) : null;
    }

    /// <summary>S16: at least one PIN of the card was verified on the card.</summary>
    public static Refusal? AnyPin(PresentedCard presented) => presented.VerifiedPins.Count == 0 ? Refusals.PinNotVerified() : null;

    /// <summary>S25: the face of the card shows what the registry has.</summary>
    public static Refusal? CurrentFace(Resident.Registered state) =>
        state.Card is Card.InHand { FaceIsCurrent: false } ? Refusals.CardFaceNotCurrent() : null;
}
