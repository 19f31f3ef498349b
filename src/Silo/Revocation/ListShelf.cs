using System.Collections.Concurrent;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Ledger;

namespace Jpki.Silo.Revocation;

/// <summary>A list with its octets, open for one reader.</summary>
internal sealed record OpenList(PublishedList List, FileStream Content);

/// <summary>
/// 配布棚: the newest lists as files, named by their hash and filled from the ledger once, so that handing one out costs the database nothing and
/// goes on while the database is away. Several processes may share the folder.
/// </summary>
internal sealed class ListShelf(RevocationListStore store, string folder, TimeProvider time, ILogger<ListShelf> logger)
{
    // Lists published by another silo are handed out here so much later, at most.
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    // A database that takes longer for a row counts as away: there is a list to hand out meanwhile.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan FetchPatience = TimeSpan.FromMinutes(1);

    // Whatever has not been touched for so long and is no list's newest is left over, also from a process that was killed.
    private static readonly TimeSpan Leftover = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(RevocationListScope Scope, ListKind Kind), ShelfSlot> slots = new();

    /// <summary>A name for a file to be built, in the folder and of nobody else's.</summary>
    public string NewFile()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.Combine(folder, $"{Guid.NewGuid():N}.part");
    }

    /// <summary>Puts a list that was published here on the shelf.</summary>
    /// <param name="file">From <see cref="NewFile"/>; moved.</param>
    public void Adopt(PublishedList list, string file)
    {
        File.Move(file, PathOf(list), overwrite: true);
        SlotOf(list.Scope, list.Kind).Replace(list);
        Sweep();
    }

    /// <summary>The newest list that can be had.</summary>
    /// <returns>None when none has been published yet, or the database is away and there is none on the shelf.</returns>
    public async Task<OpenList?> OpenAsync(RevocationListScope scope, ListKind kind, CancellationToken cancellation)
    {
        var slot = SlotOf(scope, kind);
        // While one asks, the others hand out what there is.
        var wait = slot.Newest is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero;
        if (!IsFresh(slot) && await slot.Turn.WaitAsync(wait, cancellation))
        {
            try
            {
                if (!IsFresh(slot))
                    await AskAsync(scope, kind, slot);
            }
            finally
            {
                slot.Turn.Release();
            }
        }

        return Open(slot);
    }

    private bool IsFresh(ShelfSlot slot) => slot.AskedAt is { } asked && time.GetElapsedTime(asked) < AskAgainAfter;

    private async Task AskAsync(RevocationListScope scope, ListKind kind, ShelfSlot slot)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, time);
            if (await store.LatestAsync(scope, kind, patience.Token) is { } latest && latest != slot.Newest)
            {
                await FetchAsync(latest);
                slot.Replace(latest);
                Sweep();
            }
        }
        catch (Exception away) when (away is LedgerUnavailableException or LedgerDamagedException or OperationCanceledException or IOException)
        {
            logger.LogWarning(away, "The newest {Kind} revocation list of {Scope} could not be fetched", kind, scope);
        }

        slot.AskedAt = time.GetTimestamp();
    }

    private async Task FetchAsync(PublishedList list)
    {
        // Not taken on trust: it may have lain there through a power cut.
        if (File.Exists(PathOf(list)) && await IsWholeAsync(list, PathOf(list)))
            return;
        using var patience = new CancellationTokenSource(FetchPatience, time);
        var file = NewFile();
        try
        {
            await using (var target = new FileStream(file, FileMode.CreateNew))
                await store.CopyToAsync(list, target, patience.Token);
            if (!await IsWholeAsync(list, file))
                throw new LedgerDamagedException($"The octets of list {list.Number} are not those that were published.");
            File.Move(file, PathOf(list), overwrite: true);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<bool> IsWholeAsync(PublishedList list, string file)
    {
        await using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content)) == list.Sha256;
    }

    private OpenList? Open(ShelfSlot slot)
    {
        if (slot.Newest is not { } list)
            return null;
        try
        {
            return new(list, File.OpenRead(PathOf(list)));
        }
        catch (FileNotFoundException)
        {
            // Another process took it for a leftover: it is fetched again for the next one who asks.
            slot.Forget(list);
            return null;
        }
    }

    private void Sweep()
    {
        var newest = slots.Values.Select(each => each.Newest).OfType<PublishedList>().Select(PathOf).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(folder).Where(each => !newest.Contains(each)))
        {
            if (time.GetUtcNow() - File.GetLastWriteTimeUtc(file) > Leftover)
                File.Delete(file);
        }
    }

    private string PathOf(PublishedList list) => Path.Combine(folder, $"{list.Sha256}.crl");

    private ShelfSlot SlotOf(RevocationListScope scope, ListKind kind) => slots.GetOrAdd((scope, kind), _ => new());
}

/// <summary>A place on the shelf: the newest list of one kind of one scope.</summary>
internal sealed class ShelfSlot
{
    private readonly Lock gate = new();

    /// <summary>Of whoever asks the ledger.</summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>The list whose file is whole and in its place; none before the first.</summary>
    public PublishedList? Newest { get; private set; }

    /// <summary>When the ledger was asked, whatever it answered: a timestamp of the machinery's clock.</summary>
    public long? AskedAt { get; set; }

    /// <summary>Numbers only grow: what was fetched does not displace what was published here in the meantime.</summary>
    public void Replace(PublishedList list)
    {
        lock (gate)
        {
            if (Newest is null || Newest.Number < list.Number)
                Newest = list;
        }
    }

    public void Forget(PublishedList list)
    {
        lock (gate)
        {
            if (Newest == list)
                (Newest, AskedAt) = (null, null);
        }
    }
}
