using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Statistics;

/// <summary>
/// 統計の集計: from recorded events to cells. Pure: no clock, no random, nothing but the event and the facts of its resident, so a rebuild from the
/// first event gives the cells that were kept.
/// </summary>
public static class StatisticsFold
{
    /// <summary>Events that change no cell and no fact; whoever reads for this fold need not even read their bodies.</summary>
    public static IReadOnlySet<Type> Unheeded { get; } = new HashSet<Type>
    {
        typeof(EarlierAttributesLearnt), typeof(DepartureAnnounced), typeof(ResidentRemoved), typeof(RemovalCorrected), typeof(WardStatusChanged),
        typeof(WardSignatureAllowed), typeof(CardFaceUpdated), typeof(CertificateIssued), typeof(ProposalMade), typeof(ProposalConfirmed),
        typeof(ProposalWithdrawn), typeof(ProposalLapsed), typeof(InquiryLetterSent), typeof(SealedReplyAccepted), typeof(RecordRead),
    };

    /// <summary>Adds what an event counts for.</summary>
    /// <param name="facts">Of the event's resident, before it.</param>
    /// <returns>The facts after it; the same object where it changes none.</returns>
    public static ResidentFacts With(ResidentFacts facts, Recorded recorded, CellSums into)
    {
        var cell = new CellKey(recorded.Resident.Municipality, Jst.DayOf(recorded.Provenance.At), OfficeOf(recorded.Provenance.By), default)
        {
            Procedure = recorded.Provenance.Command,
        };
        return recorded.Event switch
        {
            ResidentRegistered e => facts with { BirthDate = e.Attributes.BirthDate },
            FourAttributesChanged e => facts with { BirthDate = e.Attributes.BirthDate },
            FourAttributesCorrected e => facts with { BirthDate = e.Attributes.BirthDate },
            ResidentReturned e => facts with { BirthDate = e.Attributes.BirthDate },
            CardHandedOver e => Counted(facts, into, cell with { Figure = Figure.CardHandedOver, Applicant = ApplicantOf(e.Identified) }),
            CardEnded e => Counted(facts, into, cell with { Figure = Figure.CardEnded, Reason = ContractName.Of(e.Cause) }),
            CertificatesApplied e => ApplicationFold.Applied(facts, e, recorded.Provenance, cell.Office),
            FeeCharged e => ApplicationFold.Charged(facts, e, cell, into),
            FeeWaived e => ApplicationFold.Waived(facts, e, cell, into),
            FeeRefunded e => ApplicationFold.Refunded(facts, e, cell, into),
            CertificateOrdered e => WritingFold.Ordered(facts, e, cell, into),
            CertificateRefused e => WritingFold.Refused(facts, e, cell, into),
            CertificateConfirmed e => WritingFold.Confirmed(facts, e, recorded.Provenance.At, cell, into),
            ApplicationAbandoned => ApplicationFold.Abandoned(facts, cell, into),
            CertificateRevoked e => WritingFold.Revoked(facts, e, cell, into),
            CertificateSuspended e => Counted(facts, into, Of(cell, Figure.CertificateSuspended, e.Kind, ContractName.Of(e.Cause), null)),
            CertificateReleased e => Counted(facts, into, Of(cell, Figure.CertificateReleased, e.Kind, ContractName.Of(e.Cause), e.Identified)),
            PinResetApproved e => facts with { Pending = facts.Pending with { ResetApplicant = ApplicantOf(e.Identified) } },
            PinReset e => Reset(facts, e, cell, into),
            AgentCaseOpened e => Opened(facts, StoredNameAttribute.Of(e.Errand.GetType()).Name, cell, into),
            AgentCaseEnded e => Ended(facts, e, cell, into),
            LegacyCertificateRecorded => Counted(facts, into, cell with { Figure = Figure.LegacyCertificateRecorded }),
            LegacyCertificateRevoked e =>
                Counted(facts, into, cell with { Figure = Figure.LegacyCertificateRevoked, Reason = ContractName.Of(e.Cause) }),
            _ when Unheeded.Contains(recorded.Event.GetType()) => facts,
            _ => throw new ArgumentException($"Nobody has said what {recorded.Event.GetType().Name} counts for.", nameof(recorded)),
        };
    }

    /// <summary>What is known of a resident who was forgotten: what the masked events say.</summary>
    public static ResidentFacts Masked(ResidentFacts facts) =>
        facts.BirthDate is null || facts.BirthDate == Forgetting.NoBirthDate ? facts : facts with { BirthDate = Forgetting.NoBirthDate };

    /// <summary>Adds what an entry of a journal counts for: refusals by rule. Readings count for nothing.</summary>
    /// <param name="municipality">Whose journal.</param>
    public static void Add(MunicipalityCode municipality, JournalEvent entry, Provenance provenance, CellSums into)
    {
        switch (entry)
        {
            case AttemptRefused e:
                into.Add(new CellKey(municipality, Jst.DayOf(provenance.At), OfficeOf(provenance.By), Figure.AttemptRefused)
                {
                    Procedure = provenance.Command,
                    Reason = e.Rule ?? "",
                    Detail = e.Code,
                });
                break;
            case RecordRead or BodiesMasked:
                break;
            default:
                throw new ArgumentException($"Nobody has said what {entry.GetType().Name} counts for.", nameof(entry));
        }
    }

    internal static string ApplicantOf(IdentityCheck? identified) => identified?.Applicant switch
    {
        null => "",
        Applicant.Holder => "holder",
        Applicant.LegalRepresentative => "legal-representative",
        Applicant.AppointedAgent => "appointed-agent",
        _ => throw new ArgumentOutOfRangeException(nameof(identified)),
    };

    internal static CellKey Of(CellKey cell, Figure figure, CertificateKind kind, string reason, IdentityCheck? identified) =>
        cell with { Figure = figure, Kind = ContractName.Of(kind), Reason = reason, Applicant = ApplicantOf(identified) };

    /// <summary>The registry's feed names an office only to name its municipality; what it causes is no office's work.</summary>
    private static string OfficeOf(Actor actor) => actor is { Role: Role.Clerk or Role.Supervisor, Office: { } office } ? office.Value : "";

    private static ResidentFacts Counted(ResidentFacts facts, CellSums into, CellKey cell)
    {
        into.Add(cell);
        return facts;
    }

    private static ResidentFacts Reset(ResidentFacts facts, PinReset e, CellKey cell, CellSums into)
    {
        var visit = cell with { Figure = Figure.PinResetVisit, Applicant = facts.Pending.ResetApplicant ?? "" };
        into.Add(visit);
        foreach (var pin in e.Pins)
            into.Add(visit with { Figure = Figure.PinReset, Kind = ContractName.Of(pin) });
        return facts with { Pending = facts.Pending with { ResetApplicant = null } };
    }

    private static ResidentFacts Opened(ResidentFacts facts, string errand, CellKey cell, CellSums into)
    {
        into.Add(cell with { Figure = Figure.AgentCaseOpened, Detail = errand });
        return facts with { Pending = facts.Pending with { Errand = errand } };
    }

    private static ResidentFacts Ended(ResidentFacts facts, AgentCaseEnded e, CellKey cell, CellSums into)
    {
        into.Add(cell with { Figure = Figure.AgentCaseEnded, Reason = ContractName.Of(e.Why), Detail = facts.Pending.Errand ?? "" });
        return facts with { Pending = facts.Pending with { Errand = null } };
    }
}
