using System.Globalization;
using System.Text;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Counter.Gateway.Console;

/// <summary>State and history in lines for a clerk. No four attributes: the console stands in a public room.</summary>
public static class Texts
{
    public static string Of(ResidentView view)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"  {view.Resident}  {Time(view.At)}");
        text.AppendLine(view.Card is { } card
            ? $"  カード / card {card.Serial}, {Day(card.ExpiresOn)} まで / until, 券面 / face {(card.FaceIsCurrent ? "最新 / current" : "要更新 / to be updated")}"
            : view.CardEnded is { } cause ? $"  カード廃止 / card ended: {cause}" : "  カード未交付 / no card");
        if (view.Removal is { } removal)
            text.AppendLine(CultureInfo.InvariantCulture, $"  消除・国外転出 / removed or leaving: {removal.Cause}, {Day(removal.OccurredOn)} から / from");
        foreach (var certificate in view.Certificates)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {Line(certificate)}");
        if (view.Application is { } application)
            text.AppendLine(CultureInfo.InvariantCulture, $"  処理中の申請 / application under way: {string.Join(", ", application.Remaining.Select(each => each.Kind))}");
        if (view.PinReset is { } reset)
            text.AppendLine(CultureInfo.InvariantCulture, $"  処理中の暗証番号再設定 / PIN reset under way: {string.Join(", ", reset.Pins)}");
        foreach (var proposal in view.Proposals)
            text.AppendLine(CultureInfo.InvariantCulture, $"  承認待ち / awaits a second officer: {proposal.Id} {Of(proposal.What)}, {Day(proposal.LastDay)} まで / until ({proposal.By})");
        if (view.AgentCase is { } agentCase)
            text.AppendLine(CultureInfo.InvariantCulture, $"  代理人手続き / agent case {agentCase.Id}: {agentCase.Stage}, {Day(agentCase.DueOn)} まで / until");
        return text.ToString().TrimEnd();
    }

    /// <summary>An exception that was proposed.</summary>
    public static string Of(ProposedException what) => what switch
    {
        ProposedException.ExOfficioRevocation x => $"{Name(x)}: {string.Join(", ", x.Kinds)} ({x.Reason})",
        ProposedException.ExOfficioRevocationBySerial x => $"{Name(x)}: {x.Serial} ({x.Reason})",
        ProposedException.ReceptionHours x => $"{Name(x)}: {Day(x.On)} ({x.Reason})",
        ProposedException.Ward x => $"{Name(x)} ({x.Reason})",
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    /// <summary>One thing that waits.</summary>
    public static string Of(WaitingItem item) =>
        $"  {Day(item.DueOn)}  {item.Resident}  {item.Kind}{(item.Since is { } since ? $", {Day(since)} から / since" : "")}  {item.Reference}";

    private static string Name(ProposedException what) => StoredNameAttribute.Of(what.GetType()).Japanese;

    /// <summary>One recorded event: when, what, by whom.</summary>
    public static string Of(Recorded recorded)
    {
        var name = StoredNameAttribute.Of(recorded.Event.GetType());
        var by = recorded.Provenance.By;
        return $"  {recorded.Version,3}  {Time(recorded.Provenance.At)}  {name.Japanese} / {name.Name}{Detail(recorded.Event)}  ({by.Role}, {by.Subject})";
    }

    private static string Line(CertificateView certificate)
    {
        var cause = certificate.Cause is { } why ? $" ({why})" : certificate.Holds.Count > 0 ? $" ({string.Join(", ", certificate.Holds)})"
            : certificate.Findings.Count > 0 ? $" ({string.Join(", ", certificate.Findings)})" : "";
        return $"{certificate.Kind,-18} {certificate.Serial}  {certificate.Status}{cause}, {Day(Jst.DayOf(certificate.NotAfter))} まで / until";
    }

    private static string Detail(ResidentEvent happened) => happened switch
    {
        FourAttributesChanged e => $": {string.Join(", ", e.Changed)}",
        CertificatesApplied e => $": {string.Join(", ", e.Certificates.Select(each => $"{each.Kind} {each.Reason} {Day(each.LastDay)} まで / until"))}",
        FeeCharged e => $": {e.Yen}円 / yen",
        FeeWaived e => $": {string.Join(", ", e.Waivers.Select(each => $"{each.Kind} {each.Reason}"))}",
        CertificateOrdered e => $": {e.Order.Kind}",
        CertificateIssued e => $": {e.Kind}",
        CertificateRefused e => $": {e.Kind} {string.Join(", ", e.Findings)}",
        CertificateConfirmed e => $": {e.Kind}",
        CertificateRevoked e => $": {e.Kind} {e.Cause}",
        CertificateSuspended e => $": {e.Kind} {e.Cause}",
        CertificateReleased e => $": {e.Kind} {e.Cause}",
        AgentCaseOpened e => $": {e.Errand.GetType().Name}, {Day(e.DueOn)} まで / until",
        AgentCaseEnded e => $": {e.Why}",
        ResidentRemoved e => $": {e.Cause}, {Day(e.OccurredOn)} から / from",
        CardEnded e => $": {e.Cause}",
        ProposalMade e => $": {Of(e.What)}",
        PinReset e => $": {string.Join(", ", e.Pins)}",
        _ => "",
    };

    private static string Time(DateTimeOffset at) => at.ToOffset(Jst.Offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
