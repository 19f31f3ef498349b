using System.Collections.Immutable;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>All readers at one moment; the difference of two snapshots is what happened between them.</summary>
public sealed record ReaderSnapshot(bool ServiceIsUp, ImmutableSortedDictionary<string, ReaderState> Readers)
{
    /// <summary>No daemon, so no readers.</summary>
    public static ReaderSnapshot Nothing { get; } = new(false, ImmutableSortedDictionary<string, ReaderState>.Empty);

    public static ReaderSnapshot Of(IEnumerable<ReaderState> readers) => new(
        true,
        readers.Where(reader => reader.IsPlugged)
            .ToImmutableSortedDictionary(reader => reader.Name, reader => reader, StringComparer.Ordinal));

    /// <summary>The events that lead from this snapshot to <paramref name="later"/>, departures first.</summary>
    public IEnumerable<ReaderEvent> EventsUntil(ReaderSnapshot later)
    {
        if (!ServiceIsUp && later.ServiceIsUp)
            yield return new ReaderEvent.ServiceBack();

        foreach (var reader in Readers.Values.Where(reader => reader.HasCard && !HoldsTheSameCard(reader, later)))
            yield return new ReaderEvent.CardLeft(reader.Name);
        foreach (var reader in Readers.Keys.Where(name => !later.Readers.ContainsKey(name)))
            yield return new ReaderEvent.ReaderLeft(reader);
        foreach (var reader in later.Readers.Keys.Where(name => !Readers.ContainsKey(name)))
            yield return new ReaderEvent.ReaderArrived(reader);
        foreach (var reader in later.Readers.Values.Where(reader => reader.HasCard && !HoldsTheSameCard(reader, this)))
            yield return new ReaderEvent.CardArrived(reader.Name, Convert.ToHexString(reader.Atr));

        if (ServiceIsUp && !later.ServiceIsUp)
            yield return new ReaderEvent.ServiceGone();
    }

    // The event counter tells a card that was out and in again between two looks from one that never moved. A swap faster than the
    // daemon's own polling (400 ms) changes nothing here: that is why card sessions are bound to the serial read from the card.
    private static bool HoldsTheSameCard(ReaderState reader, ReaderSnapshot other) =>
        other.Readers.TryGetValue(reader.Name, out var there) && there.HasCard && there.Events == reader.Events;
}
