using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.PcSc;
using Jpki.Counter.Gateway.Tests.Support;

namespace Jpki.Counter.Gateway.Tests.Readers;

[Collection(VirtualCounterTests.Name)]
public sealed class ReaderMonitorTests(VirtualCounter counter)
{
    private static readonly string Reader = VirtualCounter.Reader(0);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_is_told_as_it_comes_and_goes()
    {
        await VirtualCounter.WaitForAsync(0, present: false);
        await using var monitor = new ReaderMonitor();
        await using var watch = new EventWatch(monitor);
        await watch.UntilAsync(new ReaderEvent.ReaderArrived(Reader));

        await using (await counter.InsertAsync(counter.BlankCard(), 0))
            await watch.UntilAsync(new ReaderEvent.CardArrived(Reader, "3BE000FF8131FE4514"));

        await watch.UntilAsync(new ReaderEvent.CardLeft(Reader));
    }

    [Fact]
    public async Task Who_comes_late_is_told_what_is_there()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var monitor = new ReaderMonitor();
        await VirtualCounter.WaitForAsync(monitor, now => now.Readers.Values.Any(reader => reader.HasCard));

        await using var late = new EventWatch(monitor);

        await late.UntilAsync(new ReaderEvent.ServiceBack());
        await late.UntilAsync(new ReaderEvent.ReaderArrived(Reader));
        await late.UntilAsync(new ReaderEvent.CardArrived(Reader, "3BE000FF8131FE4514"));
    }

    [Fact]
    public async Task The_daemons_death_is_told_and_survived()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0, reinsert: true);
        await using var monitor = new ReaderMonitor();
        await using var watch = new EventWatch(monitor);
        await watch.UntilAsync(new ReaderEvent.CardArrived(Reader, "3BE000FF8131FE4514"));
        await using var session = await VirtualCounter.OpenAsync(0).Success();

        await counter.Daemon.KillAsync(Now);

        await watch.UntilAsync(new ReaderEvent.CardLeft(Reader));
        await watch.UntilAsync(new ReaderEvent.ReaderLeft(Reader));
        await watch.UntilAsync(new ReaderEvent.ServiceGone());
        await session.SelectJpkiAsync(Now).Failure<CardFailure.ServiceGone, JpkiApplet>();
        await VirtualCounter.OpenAsync(0).Failure<CardFailure.ServiceGone, CardSession>();

        await counter.Daemon.StartAsync(Now);

        await watch.UntilAsync(new ReaderEvent.ServiceBack());
        await watch.UntilAsync(new ReaderEvent.CardArrived(Reader, "3BE000FF8131FE4514"));
        await using var afterwards = await VirtualCounter.OpenAsync(0).Success();
        Assert.Equal(session.Serial, afterwards.Serial);
    }

    [Fact]
    public async Task Readers_taken_away_and_others_plugged_in_are_told()
    {
        const string Other = "Virtual Replacement (simulated)";
        await using var monitor = new ReaderMonitor();
        await using var watch = new EventWatch(monitor);
        await watch.UntilAsync(new ReaderEvent.ReaderArrived(Reader));

        await using (await counter.ExchangeReadersAsync(Other))
        {
            await watch.UntilAsync(new ReaderEvent.ReaderLeft(Reader));
            await watch.UntilAsync(new ReaderEvent.ReaderArrived(VirtualCounter.Reader(0, Other)));
            Assert.DoesNotContain(Reader, monitor.Now.Readers.Keys);
            await VirtualCounter.OpenAsync(0).Failure<CardFailure.ReaderGone, CardSession>();
        }

        await watch.UntilAsync(new ReaderEvent.ReaderArrived(Reader));
    }

    [Fact]
    public async Task Watching_ends_with_the_monitor()
    {
        var monitor = new ReaderMonitor();
        await using var watch = new EventWatch(monitor);
        await watch.UntilAsync(new ReaderEvent.ReaderArrived(Reader));

        await monitor.DisposeAsync();

        await watch.UntilEndAsync();
        await using var late = new EventWatch(monitor);
        await late.UntilEndAsync();
    }

    /// <summary>Reads a monitor's events one by one, with bounded patience.</summary>
    private sealed class EventWatch : IAsyncDisposable
    {
        private readonly CancellationTokenSource _patience = CancellationTokenSource.CreateLinkedTokenSource(Now);
        private readonly IAsyncEnumerator<ReaderEvent> _events;

        public EventWatch(ReaderMonitor monitor)
        {
            _patience.CancelAfter(2 * VirtualCounter.Patience);
            _events = monitor.WatchAsync(_patience.Token).GetAsyncEnumerator(_patience.Token);
        }

        public async Task UntilAsync(ReaderEvent wanted)
        {
            do
                Assert.True(await _events.MoveNextAsync(), $"The events ended before {wanted}.");
            while (_events.Current != wanted);
        }

        public async Task UntilEndAsync()
        {
            while (await _events.MoveNextAsync())
            {
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _events.DisposeAsync();
            _patience.Dispose();
        }
    }
}
