using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.Audit.WhatIf;

/// <summary>
/// 再構成した申請: a command as it must have been, from the events it left. What the events do not keep (which PIN was verified, the hours of the
/// office) is taken as good, for the command was accepted.
/// </summary>
/// <param name="Before">The resident as the record has it just before.</param>
/// <param name="Recorded">What was decided then.</param>
internal sealed record Reconstructed(ResidentCommand Command, Resident.Registered Before, Provenance Provenance, ResidentId Resident, IReadOnlyList<ResidentEvent> Recorded)
{
    /// <summary>None for what no rule set decides otherwise: only hand-overs, applications and suspensions are judged again.</summary>
    /// <param name="events">All that one command left, in order.</param>
    public static Reconstructed? Of(Resident before, IReadOnlyList<Recorded> events)
    {
        if (before is not Resident.Registered state)
            return null;
        var (resident, provenance) = (events[0].Resident, events[0].Provenance);
        var happened = events.Select(each => each.Event).ToArray();
        return CommandOf(state, resident, provenance, happened) is { } command ? new(command, state, provenance, resident, happened) : null;
    }

    /// <summary>What the domain decides of it under other rules, all else being as it was.</summary>
    public Decision DecideUnder(RuleSet rules)
    {
        var today = Jst.DayOf(Provenance.At);
        var counterIsOpen = Before.Supervision with { CounterOpenOn = Before.Supervision.CounterOpenOn.Add(today) };
        return ResidentDecider.Decide(
            Before with { Supervision = counterIsOpen }, Command, new(Provenance.CommandId, Provenance.By, Provenance.At, Municipality(), rules));
    }

    private static ResidentCommand? CommandOf(Resident.Registered state, ResidentId resident, Provenance provenance, ResidentEvent[] happened)
    {
        var applied = happened.OfType<CertificatesApplied>().FirstOrDefault();
        if (happened.OfType<CardHandedOver>().FirstOrDefault() is { } handedOver)
            return (applied?.Identified ?? handedOver.Identified) is { } identified
                ? new HandOverCard(Presented(handedOver.Card, resident, handedOver.ExpiresOn), handedOver.OptedOut, identified)
                : null;
        if (applied is not null && state.Card is Card.InHand card)
            return new ApplyForCertificates(Presented(applied.Card, resident, card.ExpiresOn), [.. applied.Certificates.Select(each => each.Kind)], applied.Identified);
        return provenance.Command == StoredNameAttribute.Of(typeof(SuspendCertificates)).Name ? new SuspendCertificates() : null;
    }

    private static PresentedCard Presented(CardSerial card, ResidentId resident, DateOnly expiresOn) =>
        new(card, resident.Municipality, expiresOn, [PinKind.BasicRegister]);

    /// <summary>The office acted from is one of the municipality's, for so it was.</summary>
    private Municipality Municipality()
    {
        var office = Provenance.By.Office is { } code ? new[] { new Office(code, "", "") } : [];
        return new(Resident.Municipality, "", "", "", "", office, [new(DateOnly.MinValue, RuleSet.Akishima2018)]);
    }
}
