using System.Collections.Immutable;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>
/// 未了の事務: all that is still to happen to a resident's state, by somebody or by itself, with its days. A pure fold of the state, with no clock:
/// a rebuild gives the same.
/// </summary>
/// <param name="Items">What waits, the earliest due first.</param>
/// <param name="CertificateEnds">The certificate of each kind that the card carries, with its last day; it may be past.</param>
public sealed record OpenWork(ResidentId Resident, ImmutableList<WorkItem> Items, ImmutableList<CertificateEnd> CertificateEnds)
{
    public bool IsEmpty => Items.IsEmpty && CertificateEnds.IsEmpty;

    public static OpenWork Of(ResidentId id, Resident resident) => resident is Resident.Registered state
        ? new(id, [.. Waiting(state).OrderBy(each => each.DueOn)], [.. Ending(state)])
        : new(id, [], []);

    /// <summary>The open work after these events; none when they leave it as it was.</summary>
    public static OpenWork? ChangedBy(ResidentId id, Resident before, IReadOnlyList<ResidentEvent> events, Provenance provenance)
    {
        var after = Of(id, events.Aggregate(before, (state, each) => Residents.Resident.Evolve(state, each, provenance)));
        return after.SaysTheSameAs(Of(id, before)) ? null : after;
    }

    private bool SaysTheSameAs(OpenWork other) => Items.SequenceEqual(other.Items) && CertificateEnds.SequenceEqual(other.CertificateEnds);

    private static IEnumerable<WorkItem> Waiting(Resident.Registered state)
    {
        if (state.Application is Application.Open application)
            yield return new(WorkKind.Application, application.AppliedOn, application.AppliedOn.AddDays(ExpireApplication.GraceDays), application.Id.ToString());
        foreach (var (serial, at) in state.RefusedNow.Select(each => (each.Serial, ((Standing.Refused)each.Standing).At)))
            yield return new(WorkKind.RefusedCertificate, Jst.DayOf(at), Jst.DayOf(at), serial.ToString());
        if (state.PinReset is PinResetState.Approved reset)
            yield return new(WorkKind.PinReset, reset.ApprovedOn, reset.ApprovedOn, reset.Id.ToString());
        foreach (var proposal in state.Supervision.Proposals)
            yield return new(WorkKind.Proposal, Jst.DayOf(proposal.At), proposal.LastDay, proposal.Id.ToString());
        if (state.AgentCase is AgentCase.Open agentCase)
            yield return new(WorkKind.AgentCase, agentCase.DueOn.AddDays(-AgentCase.DaysToAnswer), agentCase.DueOn, agentCase.Id.ToString());
        if (state.Residence is Residence.Departing departing)
            yield return new(WorkKind.Departure, null, departing.DepartsOn.AddDays(-1), departing.DepartsOn.ToString("o"));
        if (state.Card is Card.InHand card)
            yield return new(WorkKind.CardExpiry, null, card.ExpiresOn, card.Serial.ToString());
    }

    private static IEnumerable<CertificateEnd> Ending(Resident.Registered state) =>
        from kind in Enum.GetValues<CertificateKind>()
        let held = state.LastHeld(kind)
        where held is { IsRevoked: false }
        select new CertificateEnd(kind, Jst.DayOf(held.NotAfter));
}

/// <param name="Since">Since when it waits; none of what waits for nobody but its day.</param>
/// <param name="DueOn">Last day in time, inclusive. What ends by itself is ended by the night after.</param>
/// <param name="Reference">What it is about: the command that began it, a serial number of card or certificate, or the day of departure.</param>
public sealed record WorkItem(WorkKind Kind, DateOnly? Since, DateOnly DueOn, string Reference)
{
    /// <summary>Whether somebody has to do something; the rest only awaits its day.</summary>
    public bool IsForPeople =>
        Kind is WorkKind.Application or WorkKind.RefusedCertificate or WorkKind.PinReset or WorkKind.Proposal or WorkKind.AgentCase;
}

/// <param name="LastDay">Last day of validity, inclusive.</param>
public sealed record CertificateEnd(CertificateKind Kind, DateOnly LastDay);

/// <summary>未了の事務の種類</summary>
public enum WorkKind
{
    /// <summary>申請: not all of its certificates are confirmed on the card.</summary>
    Application,

    /// <summary>暗証番号再設定: approved, and not known to be on the card; due on the day itself, for the holder is at the counter.</summary>
    PinReset,

    /// <summary>例外の提案: awaits a second officer.</summary>
    Proposal,

    /// <summary>代理人手続き: a letter to be sent, a reply awaited, or an errand to be done.</summary>
    AgentCase,

    /// <summary>国外転出: announced for a day to come.</summary>
    Departure,

    /// <summary>カードの有効期限: the card is to end after its last day.</summary>
    CardExpiry,

    /// <summary>発行の事故: a certificate failed its check; a supervisor finds out why, on the day itself, for the holder is at the counter.</summary>
    RefusedCertificate,
}
