using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Statistics;

/// <summary>書込みの集計: certificates from their order to their end.</summary>
internal static class WritingFold
{
    public static ResidentFacts Ordered(ResidentFacts facts, CertificateOrdered e, CellKey cell, CellSums into)
    {
        var (kind, pending) = (e.Order.Kind, facts.Pending);
        if (pending.Application?.Kinds.Find(each => each.Kind == kind) is { WasTorn: true } torn)
            into.Add(ApplicationFold.Of(ApplicationFold.With(cell, pending.Application), torn) with { Figure = Figure.WritingResumed });

        var writing = new HeldCertificate(kind, e.Order.Serial, Jst.DayOf(e.Order.NotAfter));
        return Change(facts with { Pending = pending with { Writings = pending.Writings.Add(writing) } }, kind, each => each with { WasOrdered = true, WasTorn = false });
    }

    public static ResidentFacts Refused(ResidentFacts facts, CertificateRefused e, CellKey cell, CellSums into)
    {
        into.Add(ApplicationFold.With(cell, facts.Pending.Application) with { Figure = Figure.CertificateRefused, Kind = ContractName.Of(e.Kind) });
        return WithoutWriting(facts, e.Serial);
    }

    public static ResidentFacts Confirmed(ResidentFacts facts, CertificateConfirmed e, DateTimeOffset at, CellKey cell, CellSums into)
    {
        var pending = facts.Pending;
        var application = pending.Application;
        var issued = ApplicationFold.With(cell, application) with { Figure = Figure.CertificateIssued, Kind = ContractName.Of(e.Kind) };
        if (application?.Kinds.Find(each => each.Kind == e.Kind) is { } kind)
        {
            issued = ApplicationFold.Of(issued, kind);
            into.Add(issued with { Figure = Figure.WaitingTime, Reason = "", Fee = "", Applicant = "", Detail = WaitingTime.Of(at - application.At) });
            var left = application.Kinds.Remove(kind);
            pending = pending with { Application = left.IsEmpty ? null : application with { Kinds = left } };
        }

        into.Add(issued);
        var written = pending.Writings.Find(each => each.Serial == e.Serial);
        return WithoutWriting(facts with { Pending = pending }, e.Serial) with
        {
            Held = written is null ? facts.Held : [.. facts.Held.Where(each => each.Kind != e.Kind).Append(written).OrderBy(each => each.Kind)],
        };
    }

    public static ResidentFacts Revoked(ResidentFacts facts, CertificateRevoked e, CellKey cell, CellSums into)
    {
        into.Add(StatisticsFold.Of(cell, Figure.CertificateRevoked, e.Kind, ContractName.Of(e.Cause), e.Identified));
        var isTorn = e.Cause == RevocationCause.NeverConfirmed && facts.Pending.Writings.Exists(each => each.Serial == e.Serial);
        var left = WithoutWriting(facts, e.Serial) with { Held = facts.Held.RemoveAll(each => each.Serial == e.Serial) };
        return isTorn ? Change(left, e.Kind, each => each with { WasTorn = true }) : left;
    }

    private static ResidentFacts WithoutWriting(ResidentFacts facts, SerialNumber serial) => facts with
    {
        Pending = facts.Pending with { Writings = facts.Pending.Writings.RemoveAll(each => each.Serial == serial) },
    };

    private static ResidentFacts Change(ResidentFacts facts, CertificateKind kind, Func<PendingKind, PendingKind> change)
    {
        if (facts.Pending.Application is not { } application || application.Kinds.FindIndex(each => each.Kind == kind) is not (>= 0 and var index))
            return facts;

        var changed = application with { Kinds = application.Kinds.SetItem(index, change(application.Kinds[index])) };
        return facts with { Pending = facts.Pending with { Application = changed } };
    }
}
