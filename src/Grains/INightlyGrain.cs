using Jpki.Domain.Identifiers;

namespace Jpki.Grains;

/// <summary>夜間処理: one grain a municipality, keyed by its code: what ends by itself, and who is to be told of a coming end.</summary>
public interface INightlyGrain : IGrainWithStringKey
{
    /// <summary>Begins to watch the civil clock; a night that was missed is made up for at once. Watching already, it goes on.</summary>
    Task Watch();

    /// <summary>Does the jobs of a day. A day that was done before is done again with no second effect.</summary>
    /// <param name="day">Up to the present civil day; what was due before it is ended.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day has not come.</exception>
    [ResponseTimeout("01:00:00")]
    Task<NightReport> Run(DateOnly day);
}

/// <summary>What the jobs of one night did.</summary>
/// <param name="Ended">What was ended, by command.</param>
/// <param name="NoticesDue">Certificates whose holders are to be told of the end.</param>
/// <param name="NoticeList">Name of the list; what stands in it was due when it was first written.</param>
[GenerateSerializer, Immutable]
public sealed record NightReport(
    [property: Id(0)] MunicipalityCode Municipality,
    [property: Id(1)] DateOnly Day,
    [property: Id(2)] IReadOnlyList<NightCount> Ended,
    [property: Id(3)] int NoticesDue,
    [property: Id(4)] string NoticeList);

/// <param name="Command">Wire name.</param>
/// <param name="Done">Done now, or when the same night was run before.</param>
/// <param name="Refused">Somebody was faster; nothing to do any more.</param>
/// <param name="Failed">Not known to be done; the next night does it.</param>
[GenerateSerializer, Immutable]
public sealed record NightCount(
    [property: Id(0)] string Command, [property: Id(1)] int Done, [property: Id(2)] int Refused, [property: Id(3)] int Failed);
