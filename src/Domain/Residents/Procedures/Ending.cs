namespace Jpki.Domain.Residents.Procedures;

/// <summary>失効・廃止に伴うもの: what ends together with a resident's registration, card or application, as events.</summary>
internal static class Ending
{
    /// <summary>The certificates chosen, each that is not at its end already.</summary>
    public static IEnumerable<ResidentEvent> OfCertificates(
        Resident.Registered state, RevocationCause cause, Circumstances c, Func<Certificate, bool>? chosen = null) =>
        from certificate in state.Certificates
        where certificate.IsAlive(c.At) && chosen?.Invoke(certificate) != false
        select new CertificateRevoked(certificate.Serial, certificate.Kind, cause);

    /// <summary>The application under way, if any; the fee goes back unless a kind it was charged for did reach the card.</summary>
    public static IEnumerable<ResidentEvent> OfApplication(Resident.Registered state)
    {
        if (state.Application is not Application.Open open)
            yield break;

        if (open.RefundYen > 0)
            yield return new FeeRefunded(open.Id, open.RefundYen);
        yield return new ApplicationAbandoned(open.Id);
    }

    /// <summary>The agent case under way, if any.</summary>
    public static IEnumerable<ResidentEvent> OfAgentCase(Resident.Registered state, AgentCaseEnd why)
    {
        if (state.AgentCase is AgentCase.Open open)
            yield return new AgentCaseEnded(open.Id, why);
    }

    /// <summary>An application nobody will finish, with what was ordered under it.</summary>
    public static IReadOnlyList<ResidentEvent> OfUnconfirmed(Resident.Registered state, Circumstances c) =>
        [.. OfCertificates(state, RevocationCause.NeverConfirmed, c, each => each.IsUnconfirmed), .. OfApplication(state)];

    /// <summary>The card with all that is or was to be on it.</summary>
    public static IReadOnlyList<ResidentEvent> OfCard(Resident.Registered state, Card.InHand card, CardEndCause cause, Circumstances c) =>
        [new CardEnded(card.Serial, cause), .. OfCertificates(state, RevocationCause.CardEnded, c), .. OfApplication(state)];
}
