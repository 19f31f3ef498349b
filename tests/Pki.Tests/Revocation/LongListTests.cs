using Jpki.Domain;
using Jpki.Pki.Revocation;

namespace Jpki.Pki.Tests.Revocation;

/// <summary>The heap is everybody's: nothing else runs while it is measured.</summary>
[CollectionDefinition(nameof(LongListTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Long lists, made in the memory of short ones.</summary>
[Collection(nameof(LongListTests))]
public sealed class LongListTests(StoreFixture store)
{
    private const int Many = 300_000;

    // The entries of such a list are 15 MB; one block of the builder's is 128 KiB.
    private const long Allowed = 2 * 1024 * 1024;

    [Fact]
    public async Task A_long_list_takes_no_more_memory_than_a_short_one()
    {
        using var workshop = new ListWorkshop(store.Rsa);
        await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var held = new List<long>();

        var built = Assert.IsType<RevocationListBuilt>(await workshop.TryBuildAsync(workshop.Full(), Entries(
            each =>
            {
                if (each % (Many / 5) == 0)
                    held.Add(GC.GetTotalMemory(forceFullCollection: true) - before);
            })));

        Assert.Equal((Many, 5), (built.Entries, held.Count));
        Assert.All(held, each => Assert.InRange(each, long.MinValue, Allowed));
        Assert.True(built.Length > 7 * Allowed);
        Assert.Contains("verify OK", Tool.Try(
            "openssl", ["crl", "-inform", "DER", "-in", built.File, "-noout", "-verify", "-CAfile", workshop.AuthorityPem()]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_breaks_off_leaves_no_file()
    {
        using var workshop = new ListWorkshop(store.Rsa);

        await Assert.ThrowsAsync<InvalidDataException>(() => workshop.TryBuildAsync(
            workshop.Full(), Entries(each => _ = each == Many / 2 ? throw new InvalidDataException() : each)));

        Assert.Empty(Directory.GetFiles(workshop.Folder.Path));
    }

    private static async IAsyncEnumerable<RevocationEntry> Entries(Action<int> passing)
    {
        await Task.Yield();
        for (var each = 1; each <= Many; each++)
        {
            passing(each);
            yield return ListWorkshop.Entry(each);
        }
    }
}
