using System.IO.Pipelines;
using Jpki.Silo.Registry;

namespace Jpki.Silo.Tests.Registry;

/// <summary>Alone in the process while it measures: another test's memory is not the feed's.</summary>
[CollectionDefinition(nameof(RegistryFeedMemoryTests), DisableParallelization = true)]
public sealed class RegistryFeedMemory;

[Collection(nameof(RegistryFeedMemoryTests))]
public sealed class RegistryFeedMemoryTests
{
    private readonly FeedBench _bench = new();

    private FakeDoor Door => _bench.Door;

    [Fact]
    public async Task Ten_thousand_lines_need_no_more_memory_than_a_thousand()
    {
        var (after1000, line) = (0L, 0);
        Door.Answer = (resident, envelope, by) => Task.FromResult(FakeDoor.Done(resident, envelope, by, repeated: false));
        await _bench.Feed.TakeAsync(PipeReader.Create(new Endless(10_000)), FeedBench.Registry, Report, TestContext.Current.CancellationToken);

        Assert.Equal(10_000, line);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - after1000, long.MinValue, 2_000_000);

        ValueTask Report(LineReport _)
        {
            if (++line == 1_000)
                after1000 = GC.GetTotalMemory(forceFullCollection: true);
            // The double remembers what it was asked; the feed must not.
            Door.Asked.Clear();
            return ValueTask.CompletedTask;
        }
    }
}
