using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>来庁者の確認: whether who stands at the counter may do this for the holder (S22, S24, S29), and was identified as required (S26).</summary>
internal static class Applicants
{
    /// <param name="command">What is asked for; an agent may do what the holder agreed to and nothing else.</param>
    public static Refusal? Check(Resident.Registered state, ResidentCommand command, IdentityCheck identified, Circumstances c) =>
        identified.Applicant switch
        {
            Applicant.Holder or Applicant.AppointedAgent when IsRepresented(state, c) => Refusals.RepresentativeNeeded(),
            Applicant.Holder => null,
            Applicant.LegalRepresentative => IsRepresented(state, c) ? null : Refusals.NotRepresented(),
            Applicant.AppointedAgent agent => Appointed(state, command, agent, c),
            var other => throw new ArgumentOutOfRangeException(nameof(identified), other.GetType().Name, null),
        }
        ?? Documents(identified.Document, identified.Images, c);

    /// <summary>S24: a legal representative acts for who is under fifteen and for an adult ward; neither can appoint an agent.</summary>
    public static bool IsRepresented(Resident.Registered state, Circumstances c) =>
        state.Ward is Ward.Under || Age.On(state.Attributes.BirthDate, c.Today) < Age.SignatureMinimum;

    /// <summary>
    /// S26: both sides are kept where the municipality keeps them. Never of an individual number card: its back bears the individual number, and
    /// the card itself is identification enough, being read and its PIN verified.
    /// </summary>
    public static Refusal? Documents(IdentityDocument document, DocumentImages? images, Circumstances c) => (document, images) switch
    {
        (IdentityDocument.MyNumberCard, not null) => Refusals.NumberCardNotCopied(),
        (IdentityDocument.MyNumberCard, null) => null,
        (_, null) when c.Municipality.RequireDocumentImages => Refusals.DocumentImagesNeeded(),
        _ => null,
    };

    /// <summary>A case serves once: what follows the accepted procedure when an agent did it.</summary>
    public static IEnumerable<ResidentEvent> UsedUp(IdentityCheck identified)
    {
        if (identified.Applicant is Applicant.AppointedAgent agent)
            yield return new AgentCaseEnded(agent.Case, AgentCaseEnd.UsedUp);
    }

    private static Refusal? Appointed(Resident.Registered state, ResidentCommand command, Applicant.AppointedAgent agent, Circumstances c)
    {
        if (state.AgentCase is not AgentCase.Open open || open.Id != agent.Case)
            return Refusals.NoSuchAgentCase();
        if (open.IsExpired(c))
            return Refusals.AgentCaseExpired(open.DueOn);
        if (open is not AgentCase.Answered)
            return Refusals.HolderHasNotAnswered();
        return open.Errand.Covers(command) ? null : Refusals.AnotherErrand();
    }
}
