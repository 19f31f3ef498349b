using System.Globalization;
using System.Security.Cryptography;
using Jpki.Domain;

namespace Jpki.Ledger.Tests.Support;

/// <summary>Builds lists that are no DER: what the store is given octet by octet, and what the drafts said.</summary>
internal sealed class Press : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DateTimeOffset ThisUpdate { get; set; } = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Octets of the next file.</summary>
    public byte[] Content { get; set; } = [0x30, 0x00];

    public List<ListDraft> Drafts { get; } = [];

    /// <summary>Of the last draft: serial number and reason of each entry.</summary>
    public List<(string Serial, RevocationReason Reason, DateTimeOffset At)> Entries { get; } = [];

    /// <summary>Done before a file is written.</summary>
    public Func<Task> Beforehand { get; set; } = () => Task.CompletedTask;

    /// <summary>Publishes a list of a kind, whatever the state.</summary>
    public async Task<PublishedList> PublishAsync(RevocationListStore store, RevocationListScope scope, ListKind kind, DateTimeOffset? thisUpdate = null)
    {
        ThisUpdate = thisUpdate ?? ThisUpdate.AddHours(1);
        return (await store.PublishAsync(scope, ThisUpdate, _ => kind, BuildAsync, TestContext.Current.CancellationToken))!;
    }

    public async Task<BuiltList> BuildAsync(ListDraft draft, CancellationToken cancellation)
    {
        Drafts.Add(draft);
        Entries.Clear();
        await foreach (var entry in draft.Entries.WithCancellation(cancellation))
            Entries.Add((Convert.ToHexStringLower(entry.Serial.Span), entry.Reason, entry.At));
        await Beforehand();
        var path = Path.Combine(_folder.Root, string.Create(CultureInfo.InvariantCulture, $"{draft.Scope.AuthorityKeyId}-{draft.Number}.crl"));
        await File.WriteAllBytesAsync(path, Content, cancellation);
        return new(path, ThisUpdate, ThisUpdate.AddDays(7), Convert.ToHexStringLower(SHA256.HashData(Content)));
    }

    public void Dispose() => _folder.Dispose();
}
