using System.Diagnostics;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

public abstract partial record Resident
{
    /// <summary>The next state. Total over what a decider can have accepted; anything else is a damaged stream.</summary>
    /// <exception cref="UnreachableException">The event does not fit the state: the stream was not written by this domain.</exception>
    public static Resident Evolve(Resident state, ResidentEvent happened, Provenance provenance) => (state, happened) switch
    {
        (Unknown, ResidentRegistered e) =>
            new Registered(e.Attributes, Card.None.Instance, [], Application.None.Instance, PinResetState.None.Instance)
            {
                Timeline = AttributeTimeline.Empty.RewriteFrom(e.OccurredOn, e.Attributes),
            },
        (Registered s, FourAttributesChanged e) => WithAttributes(s, e.Attributes, e.OccurredOn),
        (Registered s, FourAttributesCorrected e) => WithAttributes(s, e.Attributes, e.OccurredOn),
        (Registered s, EarlierAttributesLearnt e) => s with
        {
            Timeline = s.Timeline.Learn(e.OccurredOn, e.Attributes),
            Legacy = s.Legacy.WithChangeOn(e.OccurredOn),
        },
        (Registered s, DepartureAnnounced e) => s with { Residence = new Residence.Departing(e.DepartsOn) },
        (Registered s, ResidentRemoved { ContinuedUse: true } e) => s with { Residence = new Residence.Overseas(e.OccurredOn) },
        (Registered s, ResidentRemoved e) => s with { Residence = new Residence.Removed(e.Cause, e.OccurredOn) },
        (Registered s, ResidentReturned e) => WithAttributes(s, e.Attributes, e.OccurredOn) with { Residence = Residence.Here.Instance },
        (Registered s, RemovalCorrected) => s with { Residence = Residence.Here.Instance },
        (Registered s, WardStatusChanged { Change: WardChange.Started } e) =>
            s with { Ward = new Ward.Under(e.OccurredOn, SignatureAllowed: false) },
        (Registered s, WardStatusChanged) => s with { Ward = Ward.None.Instance },
        (Registered { Ward: Ward.Under ward } s, WardSignatureAllowed) => s with { Ward = ward with { SignatureAllowed = true } },
        (Registered s, CardHandedOver e) =>
            s with { Card = new Card.InHand(e.Card, e.ExpiresOn, FaceIsCurrent: true, e.OptedOut, e.TooYoungForSignature) },
        (Registered { Card: Card.InHand card } s, CardEnded e) => s with
        {
            Card = new Card.Ended(card, e.Cause),
            EndedCards = s.EndedCards.Add(card.Serial),
            PinReset = PinResetState.None.Instance,
        },
        (Registered { Card: Card.InHand card } s, CardFaceUpdated) => s with { Card = card with { FaceIsCurrent = true } },
        (Registered s, CertificatesApplied e) =>
            s with
            {
                Application = new Application.Open(e.Application, e.Card, [.. e.Certificates], FeeYen: 0, ChargedFor: [])
                {
                    AppliedOn = Jst.DayOf(provenance.At),
                },
            },
        (Registered { Application: Application.Open open } s, FeeCharged e) =>
            s with { Application = open with { FeeYen = e.Yen, ChargedFor = e.For } },
        (Registered s, FeeWaived or FeeRefunded) => s,
        (Registered s, CertificateOrdered e) => s with { Certificates = s.Certificates.Add(Ordered(e, provenance.CommandId)) },
        (Registered s, CertificateIssued e) => s.Change(e.Serial, found => Signed(found, e.Sha256)),
        (Registered { Application: Application.Open open } s, CertificateRefused e) =>
            s.Change(e.Serial, found => Refused(found, open.Id, e.Findings, provenance.At)),
        (Registered s, CertificateConfirmed e) => s.Change(e.Serial, Confirmed) with { Application = Without(s.Application, e.Kind) },
        (Registered s, ApplicationAbandoned) => s with { Application = Application.None.Instance },
        (Registered s, ProposalMade e) =>
            s with { Supervision = s.Supervision.With(new Proposal(e.Proposal, e.What, provenance.By.Subject, provenance.At)) },
        (Registered s, ProposalConfirmed e) => s with { Supervision = s.Supervision.Confirmed(e.Proposal) },
        (Registered s, ProposalWithdrawn e) => s with { Supervision = s.Supervision.Without(e.Proposal) },
        (Registered s, ProposalLapsed e) => s with { Supervision = s.Supervision.Without(e.Proposal) },
        (Registered s, CertificateRevoked e) => s.Change(e.Serial, found => new Standing.Revoked(e.Cause, provenance.At, WasOnCard(found))),
        (Registered s, CertificateSuspended e) => s.Change(e.Serial, found => Held(found, e.Cause, provenance.At)),
        (Registered s, CertificateReleased e) => s.Change(e.Serial, found => Released(found, e.Cause)),
        (Registered s, PinResetApproved e) =>
            s with { PinReset = new PinResetState.Approved(e.Reset, e.Card, e.Pins) { ApprovedOn = Jst.DayOf(provenance.At) } },
        (Registered s, PinReset) => s with { PinReset = PinResetState.None.Instance },
        (Registered s, AgentCaseOpened e) => s with { AgentCase = new AgentCase.Opened(e.Case, e.Errand, e.DueOn) },
        (Registered { AgentCase: AgentCase.Opened x } s, InquiryLetterSent) => s with { AgentCase = new AgentCase.LetterSent(x.Id, x.Errand, x.DueOn) },
        (Registered { AgentCase: AgentCase.LetterSent x } s, SealedReplyAccepted) => s with { AgentCase = new AgentCase.Answered(x.Id, x.Errand, x.DueOn) },
        (Registered s, AgentCaseEnded) => s with { AgentCase = AgentCase.None.Instance },

        (Registered s, LegacyCertificateRecorded e) => s with { Legacy = s.Legacy.With(e) },
        (Registered s, LegacyCertificateRevoked e) => s with { Legacy = s.Legacy.With(e) },
        _ => throw new UnreachableException($"{happened.GetType().Name} can't follow {state.GetType().Name}."),
    };

    /// <summary>The face shows what was so before; where nothing changed, it still shows what is so.</summary>
    private static Registered WithAttributes(Registered state, FourAttributes attributes, DateOnly since) => state with
    {
        Attributes = attributes,
        Card = attributes == state.Attributes ? state.Card : WithOutdatedFace(state.Card),
        Timeline = state.Timeline.RewriteFrom(since, attributes),
        Legacy = attributes == state.Attributes ? state.Legacy : state.Legacy.WithChangeOn(since),
    };

    private static Card WithOutdatedFace(Card card) => card is Card.InHand held ? held with { FaceIsCurrent = false } : card;

    private static Certificate Ordered(CertificateOrdered e, CommandId by) =>
        new(e.Order.Serial, e.Order.Kind, e.Order.NotAfter, e.Card, new Standing.Ordered(e.Order, by));

    private static Standing Signed(Standing found, string sha256) => found switch
    {
        Standing.Ordered ordered => new Standing.Issued(sha256, ordered.Order.SubjectPublicKeyInfo),
        Standing.OnHold { Found: Standing.Ordered } hold => hold with { Found = Signed(hold.Found, sha256) },
        _ => throw new UnreachableException("A certificate is issued once, after its order."),
    };

    private static Standing.Refused Refused(Standing found, CommandId application, IReadOnlyList<string> findings, DateTimeOffset at) =>
        found is Standing.Ordered
            ? new Standing.Refused(application, findings, at)
            : throw new UnreachableException("Only what is ordered and not signed is refused.");

    private static Standing Confirmed(Standing found) =>
        found is Standing.OnHold hold ? hold with { Found = new Standing.Active() } : new Standing.Active();

    private static bool WasOnCard(Standing found) => found is Standing.Active or Standing.OnHold { Found: Standing.Active };

    private static Standing.OnHold Held(Standing found, HoldCause cause, DateTimeOffset at) =>
        found is Standing.OnHold hold ? hold with { Causes = hold.Causes.Add(cause) } : new Standing.OnHold(found, [cause], at);

    private static Standing Released(Standing found, HoldCause cause) => found switch
    {
        Standing.OnHold { Causes.Count: 1 } hold when hold.Causes[0] == cause => hold.Found,
        Standing.OnHold hold => hold with { Causes = hold.Causes.Remove(cause) },
        _ => throw new UnreachableException("A certificate that is not on hold can't be released."),
    };

    private static Application Without(Application application, CertificateKind kind) => application switch
    {
        Application.Open open when open.Remaining.RemoveAll(each => each.Kind == kind) is { IsEmpty: false } rest =>
            open with { Remaining = rest },
        _ => Application.None.Instance,
    };
}

internal static class RegisteredExtensions
{
    /// <summary>The same resident with one certificate's standing changed.</summary>
    public static Resident.Registered Change(this Resident.Registered state, SerialNumber serial, Func<Standing, Standing> change)
    {
        var index = state.Certificates.FindIndex(each => each.Serial == serial);
        return index < 0
            ? throw new UnreachableException("The stream names a certificate that was never ordered.")
            : state with { Certificates = state.Certificates.SetItem(index, ChangeOne(state.Certificates[index], change)) };
    }

    private static Certificate ChangeOne(Certificate certificate, Func<Standing, Standing> change) =>
        certificate with { Standing = change(certificate.Standing) };
}
