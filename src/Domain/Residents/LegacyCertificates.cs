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

    internal LegacyCertificates With(FourAttributesChanged e) => this with { ChangedOn = ChangedOn.Add(e.OccurredOn) };
}

/// <summary>A certificate on a Juki card, for signatures; Juki cards had no other.</summary>
/// <param name="EndedOn">The day of the change that ended it; none while nothing but its last day ends it.</param>
public sealed record LegacyCertificate(SerialNumber Serial, LegacyValidity Validity, DateOnly? EndedOn)
{
    /// <summary>Neither revoked nor past its last day.</summary>
    public bool IsAlive(DateOnly today) => EndedOn is null && today <= Validity.LastDay;
}
