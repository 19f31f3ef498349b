using System.Collections.Immutable;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>
/// 住基カードの電子証明書: what is known of a resident's certificates on Juki cards (S2). They were issued elsewhere and only their end can still
/// come, so they stand apart from <see cref="Resident.Registered.Certificates"/>.
/// </summary>
/// <param name="All">In the order they were recorded.</param>
/// <param name="ChangedOn">The days on which the four attributes changed, as far as they are known: history may be imported in any order.</param>
public sealed record LegacyCertificates(ImmutableList<LegacyCertificate> All, ImmutableList<DateOnly> ChangedOn)
{
    public static readonly LegacyCertificates None = new([], []);

    /// <summary>The certificate with this serial number, or none.</summary>
    public LegacyCertificate? WithSerial(SerialNumber serial) => All.Find(each => each.Serial == serial);

    /// <summary>The first known change within a validity, which ended it; none when there was no such change.</summary>
    public DateOnly? FirstChangeWithin(LegacyValidity validity) =>
        ChangedOn.Where(validity.IsEndedBy).Order().Select(day => (DateOnly?)day).FirstOrDefault();

    internal LegacyCertificates With(LegacyCertificateRecorded e) =>
        this with { All = All.Add(new LegacyCertificate(e.Serial, new LegacyValidity(e.IssuedOn, e.LastDay), EndedOn: null)) };

    internal LegacyCertificates With(LegacyCertificateRevoked e) =>
        this with { All = All.ConvertAll(each => each.Serial == e.Serial ? each with { EndedOn = e.OccurredOn } : each) };

    /// <summary>A change of the four attributes became known; its day may lie long ago.</summary>
    internal LegacyCertificates WithChangeOn(DateOnly day) => this with { ChangedOn = ChangedOn.Add(day) };

    /// <summary>
    /// What a change of the present attributes ends (S2): what lives, and what is over today although the change is older than its end.
    /// </summary>
    internal IEnumerable<ResidentEvent> EndedByChangeOn(DateOnly day, DateOnly today) =>
        Ended(day, certificate => certificate.IsAlive(today) || certificate.Validity.IsEndedBy(day));

    /// <summary>What an earlier fact ends that is learnt now: what was valid on its day.</summary>
    internal IEnumerable<ResidentEvent> EndedByEarlierFact(DateOnly day) => Ended(day, certificate => certificate.Validity.IsEndedBy(day));

    private IEnumerable<ResidentEvent> Ended(DateOnly day, Func<LegacyCertificate, bool> ends) =>
        from certificate in All
        where certificate.EndedOn is null && ends(certificate)
        select new LegacyCertificateRevoked(certificate.Serial, RevocationCause.AttributesChanged, day);
}

/// <summary>A certificate on a Juki card, for signatures; Juki cards had no other.</summary>
/// <param name="EndedOn">The day of the change that ended it; none while nothing but its last day ends it.</param>
public sealed record LegacyCertificate(SerialNumber Serial, LegacyValidity Validity, DateOnly? EndedOn)
{
    /// <summary>Neither revoked nor past its last day.</summary>
    public bool IsAlive(DateOnly today) => EndedOn is null && today <= Validity.LastDay;
}
