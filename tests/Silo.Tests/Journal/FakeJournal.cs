using System.Collections.Concurrent;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Silo.Journal;

namespace Jpki.Silo.Tests.Journal;

internal sealed record FakeEntry(JournalPlace Place, JournalEvent Entry, Provenance Provenance)
{
    /// <summary>All that is stored of it.</summary>
    public string Text => JsonSerializer.Serialize(Entry, Contract.Options) + JsonSerializer.Serialize(Provenance, Contract.Options);
}

/// <summary>A journal in memory, durable as soon as the test says so.</summary>
internal sealed class FakeJournal : IJournal
{
    private readonly ConcurrentQueue<FakeEntry> _entries = [];

    /// <summary>What becomes of an entry.</summary>
    public Func<Task<bool>> Durable { get; set; } = () => Task.FromResult(true);

    public IReadOnlyList<FakeEntry> Entries => [.. _entries];

    public IReadOnlyList<FakeEntry> Of(ResidentId resident) =>
        [.. _entries.Where(each => each.Entry is AttemptRefused refused ? refused.Resident == resident : each.Entry is RecordRead read && read.Residents.Contains(resident))];

    public Task<bool> RecordAsync(JournalPlace place, JournalEvent entry, Provenance provenance)
    {
        _entries.Enqueue(new(place, entry, provenance));
        return Durable();
    }
}
