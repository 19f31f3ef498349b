using System.Collections.Immutable;

namespace Jpki.Domain.Residents;

/// <param name="Since">First day they were so, by the registry.</param>
public sealed record AttributesSince(FourAttributes Attributes, DateOnly Since);

/// <summary>
/// 4情報の経過: which attributes were so since which day, as far as we know now, ascending by day. When we learnt it is not kept here: that is
/// each event's provenance (B2).
/// </summary>
public sealed record AttributeTimeline(ImmutableList<AttributesSince> Facts)
{
    public static readonly AttributeTimeline Empty = new([]);

    /// <summary>Since when the present attributes are so; the first of all days where nothing is known.</summary>
    public DateOnly PresentSince => Facts.IsEmpty ? DateOnly.MinValue : Facts[^1].Since;

    /// <summary>The attributes on a day, as known now; none before the first day known of.</summary>
    public FourAttributes? On(DateOnly day) => Facts.LastOrDefault(each => each.Since <= day)?.Attributes;

    /// <summary>These are so from the day on, whatever was believed of that time.</summary>
    public AttributeTimeline RewriteFrom(DateOnly since, FourAttributes attributes) =>
        new(Facts.RemoveAll(each => each.Since >= since).Add(new AttributesSince(attributes, since)));

    /// <summary>These were so from the day on, until the next fact known.</summary>
    public AttributeTimeline Learn(DateOnly since, FourAttributes attributes) =>
        new(Facts.Insert(Facts.Count(each => each.Since <= since), new AttributesSince(attributes, since)));
}
