using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Residents;

/// <summary>窓口の確認事項: what several procedures check alike. Each answers the refusal, or none.</summary>
internal static class Guards
{
    /// <summary>
    /// S14, S15: a procedure begins at an office of the municipality and within that office's hours. Only the beginning is checked: what was begun
    /// in time is finished, also a minute after closing. Two officers can open the counter to one resident for a day.
    /// </summary>
    public static Refusal? AtCounter(Resident.Registered state, Circumstances c) =>
        AtOffice(c) ?? (state.Supervision.OpensCounterOn(c.Today) ? null : c.Municipality.Find(c.By.Office!.Value)!.Hours.Check(c.At));

    /// <summary>S14: an office of the municipality, at any hour.</summary>
    public static Refusal? AtOffice(Circumstances c) =>
        c.By.Office is { } office && c.Municipality.Has(office) ? null : Refusals.UnknownOffice();

    /// <summary>
    /// S23: who is no longer registered is served no more. Abroad the card goes on being used, so what holds or ends it is still taken; and
    /// what the authority signed, or would not, is recorded whatever came since.
    /// </summary>
    public static Refusal? StillRegistered(Resident.Registered state, ResidentCommand command, Circumstances c)
    {
        if (state.Residence.IsHereOn(c.Today) || command is (RecordCertificate or RefuseCertificate))
            return null;

        var usesTheCard = state.Residence is Residence.Departing or Residence.Overseas;
        return usesTheCard && command is (SuspendCertificates or RevokeCertificates or EndCard or ProposeException or ConfirmProposal)
            ? null
            : Refusals.NoLongerRegistered();
    }

    /// <summary>S24: an adult ward gets no signature certificate, save by a recorded exception.</summary>
    public static Refusal? NoSignatureForWards(Resident.Registered state, IEnumerable<CertificateKind> kinds) =>
        state.Ward is Ward.Under { SignatureAllowed: false } && kinds.Contains(CertificateKind.Signature) ? Refusals.WardMayNotHaveSignature() : null;

    /// <summary>S6: what the registry tells has happened, and to somebody born: ages are reckoned from it.</summary>
    public static Refusal? FromRegistry(FourAttributes attributes, DateOnly occurredOn, Circumstances c)
    {
        if (occurredOn > c.Today)
            return Refusals.NotInThePast(c.Today);
        return attributes.BirthDate > c.Today ? Refusals.BirthDateInTheFuture(c.Today) : null;
    }

    /// <summary>S16: the card in the reader is the resident's own, of this municipality, and not past its last day.</summary>
    public static Refusal? OwnCard(Resident.Registered state, PresentedCard presented, Circumstances c)
    {
        if (presented.Municipality != c.Municipality.Code)
            return Refusals.CardOfAnotherMunicipality();
        if (state.Card is Card.Ended)
            return Refusals.CardHasEnded();
        if (state.Card is not Card.InHand card)
            return Refusals.NoCard();
        if (card.Serial != presented.Serial)
            return Refusals.CardOfAnotherResident();
        return NotExpired(LastDay(card, presented), c);
    }

    /// <summary>S16: the card is not past its last day.</summary>
    public static Refusal? NotExpired(DateOnly lastDay, Circumstances c) => lastDay < c.Today ? Refusals.CardExpired(lastDay) : null;

    /// <summary>The card's last day, inclusive: the earlier of what was recorded at hand-over and what the card says now.</summary>
    public static DateOnly LastDay(Card card, PresentedCard presented) =>
        card is Card.InHand recorded && recorded.ExpiresOn < presented.ExpiresOn ? recorded.ExpiresOn : presented.ExpiresOn;

    /// <summary>S16: at least one PIN of the card was verified on the card.</summary>
    public static Refusal? AnyPin(PresentedCard presented) => presented.VerifiedPins.Count == 0 ? Refusals.PinNotVerified() : null;

    /// <summary>S32: what a loss report holds is released at the counter before anything new is made.</summary>
    public static Refusal? NothingOnHold(Resident.Registered state, Circumstances c) =>
        state.Certificates.Exists(each => each.Standing is Standing.OnHold && each.IsAlive(c.At)) ? Refusals.CertificateOnHold() : null;

    /// <summary>S25: the face of the card shows what the registry has.</summary>
    public static Refusal? CurrentFace(Resident.Registered state) =>
        state.Card is Card.InHand { FaceIsCurrent: false } ? Refusals.CardFaceNotCurrent() : null;
}
