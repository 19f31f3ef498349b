using System.Collections.Immutable;
using Jpki.Domain.Residents;

namespace Jpki.Domain.Statistics;

/// <summary>申請の集計: applications from their acceptance to their end, and the fee.</summary>
internal static class ApplicationFold
{
    /// <summary>Counts nothing yet: what becomes of the fee is told by the next event of the same command.</summary>
    public static ResidentFacts Applied(ResidentFacts facts, CertificatesApplied e, Provenance provenance, string office) => facts with
    {
        Pending = facts.Pending with
        {
            Application = new(
                e.Application,
                provenance.At,
                provenance.Command,
                office,
                StatisticsFold.ApplicantOf(e.Identified),
                [.. e.Certificates.Select(each => new PendingKind(each.Kind, each.Reason))]),
        },
    };

    public static ResidentFacts Charged(ResidentFacts facts, FeeCharged e, CellKey cell, CellSums into)
    {
        var applied = With(cell, facts.Pending.Application);
        into.Add(applied with { Figure = Figure.FeeCharged, Fee = FeeOutcome.Charged, Detail = e.Tariff }, yen: e.Yen);
        return Accepted(facts, applied, into, kind => e.For.Contains(kind) ? FeeOutcome.Charged : FeeOutcome.Included);
    }

    public static ResidentFacts Waived(ResidentFacts facts, FeeWaived e, CellKey cell, CellSums into)
    {
        var applied = With(cell, facts.Pending.Application);
        into.Add(applied with { Figure = Figure.FeeWaived });
        return Accepted(facts, applied, into, kind => e.Waivers.FirstOrDefault(each => each.Kind == kind) is { } waiver ? FeeOutcome.Of(waiver.Reason) : "");
    }

    /// <summary>The money leaves the drawer of who gives it back; where nobody stands at a counter, of the office that took it.</summary>
    public static ResidentFacts Refunded(ResidentFacts facts, FeeRefunded e, CellKey cell, CellSums into)
    {
        into.Add(With(cell, facts.Pending.Application) with { Figure = Figure.FeeRefunded, Fee = FeeOutcome.Refunded }, yen: e.Yen);
        return facts;
    }

    public static ResidentFacts Abandoned(ResidentFacts facts, CellKey cell, CellSums into)
    {
        foreach (var kind in facts.Pending.Application?.Kinds ?? [])
        {
            into.Add(Of(With(cell, facts.Pending.Application), kind) with
            {
                Figure = Figure.CertificateGivenUp,
                Detail = kind.WasOrdered ? "ordered" : "notOrdered",
            });
        }

        return facts with { Pending = facts.Pending with { Application = null, Writings = [] } };
    }

    /// <summary>The cell of an event that belongs to an application.</summary>
    internal static CellKey With(CellKey cell, PendingApplication? application) => application is null ? cell : cell with
    {
        Office = cell.Office.Length > 0 ? cell.Office : application.Office,
        Procedure = application.Procedure,
        Applicant = application.Applicant,
    };

    internal static CellKey Of(CellKey cell, PendingKind kind) =>
        cell with { Kind = ContractName.Of(kind.Kind), Reason = ContractName.Of(kind.Reason), Fee = kind.Fee };

    private static ResidentFacts Accepted(ResidentFacts facts, CellKey applied, CellSums into, Func<CertificateKind, string> fee)
    {
        into.Add(applied with { Figure = Figure.ApplicationAccepted });
        if (facts.Pending.Application is not { } application)
            return facts;

        var kinds = application.Kinds.Select(each => each with { Fee = fee(each.Kind) }).ToImmutableList();
        foreach (var kind in kinds)
            into.Add(Of(applied, kind) with { Figure = Figure.CertificateApplied });
        return facts with { Pending = facts.Pending with { Application = application with { Kinds = kinds } } };
    }
}
