using System.Collections.Immutable;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Replay;

/// <summary>
/// 二つの時点: a resident as it was on one day, as we knew it at another (B2). What the registry tells has a day since when it is so and an instant
/// at which we learnt it; what we decide ourselves is so from when it was decided.
/// </summary>
/// <param name="AsOf">The day asked about.</param>
/// <param name="KnownAt">Only what was recorded by then counts.</param>
/// <param name="Version">Of the last event known.</param>
/// <param name="Attributes">On the day; none before the first day known of.</param>
/// <param name="AttributesSince">Since when they were so.</param>
/// <param name="Removal">Why the resident was not, or would soon not be, in the registry; none of who was in it.</param>
/// <param name="IsWard">Whether the resident was an adult ward.</param>
/// <param name="Card">In the resident's hands at the day's end.</param>
/// <param name="Certificates">With their status at the day's end, oldest first.</param>
/// <param name="Legacy">Certificates on Juki cards that had been issued, with their status on the day.</param>
public sealed record TwoTimes(
    ResidentId Resident,
    DateOnly AsOf,
    DateTimeOffset KnownAt,
    long Version,
    FourAttributes? Attributes,
    DateOnly? AttributesSince,
    RemovalView? Removal,
    bool IsWard,
    CardView? Card,
    IReadOnlyList<CertificateView> Certificates,
    IReadOnlyList<LegacyCertificateView> Legacy)
{
    /// <summary>None where nothing was known of the resident by then.</summary>
    /// <param name="events">The resident's, in their order.</param>
    public static TwoTimes? Of(ResidentId resident, IEnumerable<Recorded> events, DateOnly asOf, DateTimeOffset knownAt)
    {
        var dayEnd = Jst.EndOf(asOf);
        var known = events.TakeWhile(each => each.Provenance.At <= knownAt).ToList();
        if (State(known) is not { } believed)
            return null;

        var decided = State(known.TakeWhile(each => each.Provenance.At <= dayEnd));
        var fact = believed.Timeline.Facts.LastOrDefault(each => each.Since <= asOf);
        return new(
            resident, asOf, knownAt, known[^1].Version, fact?.Attributes, fact?.Since, RemovalOn(asOf, known), IsWardOn(asOf, known),
            decided?.Card is Domain.Residents.Card.InHand card ? new(card.Serial, card.ExpiresOn, card.FaceIsCurrent) : null,
            decided is null ? [] : [.. decided.Certificates.Select(each => CertificateView.Of(each, dayEnd))],
            [.. believed.Legacy.All.Where(each => each.Validity.IssuedOn <= asOf).Select(each => LegacyOn(each, asOf))]);
    }

    private static Resident.Registered? State(IEnumerable<Recorded> events) => events.Aggregate(
        (Resident)Domain.Residents.Resident.Unknown.Instance, (state, each) => Domain.Residents.Resident.Evolve(state, each.Event, each.Provenance)) as Resident.Registered;

    private static RemovalView? RemovalOn(DateOnly day, IEnumerable<Recorded> known)
    {
        var facts = ImmutableList<(DateOnly Since, Residence Residence)>.Empty;
        foreach (var happened in known.Select(each => each.Event))
        {
            facts = happened switch
            {
                ResidentRegistered e => From(facts, e.OccurredOn, Residence.Here.Instance),
                ResidentReturned e => From(facts, e.OccurredOn, Residence.Here.Instance),
                DepartureAnnounced e => From(facts, e.DepartsOn, new Residence.Overseas(e.DepartsOn)),
                ResidentRemoved { ContinuedUse: true } e => From(facts, e.OccurredOn, new Residence.Overseas(e.OccurredOn)),
                ResidentRemoved e => From(facts, e.OccurredOn, new Residence.Removed(e.Cause, e.OccurredOn)),
                RemovalCorrected => facts.RemoveAll(each => each == facts[^1] && each.Residence is not Residence.Here),
                _ => facts,
            };
        }

        return facts.LastOrDefault(each => each.Since <= day).Residence is { } residence ? RemovalView.Of(residence) : null;
    }

    private static bool IsWardOn(DateOnly day, IEnumerable<Recorded> known) => known.Select(each => each.Event).OfType<WardStatusChanged>()
        .Aggregate(ImmutableList<(DateOnly Since, WardChange Change)>.Empty, (facts, e) => From(facts, e.OccurredOn, e.Change))
        .LastOrDefault(each => each.Since <= day, (default, WardChange.Ended)).Change == WardChange.Started;

    /// <summary>So from the day on, whatever was believed of that time.</summary>
    private static ImmutableList<(DateOnly Since, T)> From<T>(ImmutableList<(DateOnly Since, T)> facts, DateOnly since, T what) =>
        facts.RemoveAll(each => each.Since >= since).Add((since, what));

    private static LegacyCertificateView LegacyOn(LegacyCertificate certificate, DateOnly day) => LegacyCertificateView.Of(
        certificate.EndedOn > day ? certificate with { EndedOn = null } : certificate, Jst.EndOf(day));
}
